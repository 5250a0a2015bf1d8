package imagefunctions.fuzz;

/**
 * A part of a file.
 *
 * @param name what it is
 * @param data what it holds, without what its length and checksum are written in
 */
@SuppressWarnings("ArrayRecordComponent") // moved about, never compared
record Chunk(String name, byte[] data) {}
