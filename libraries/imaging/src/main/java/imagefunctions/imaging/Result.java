package imagefunctions.imaging;

import imagefunctions.imaging.codec.ProcessingPath;

/**
 * What a file has become.
 *
 * @param file a baseline JPEG file
 * @param path the path that the picture took
 * @param frames how many pictures the original holds, at least 1, as an animation or a file of several pages does; the
 *     result shows the first
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record Result(byte[] file, ProcessingPath path, int frames) {}
