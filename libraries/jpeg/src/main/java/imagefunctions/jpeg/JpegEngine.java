package imagefunctions.jpeg;

import imagefunctions.jpeg.format.Cores;
import imagefunctions.jpeg.format.DamagedJpegException;
import imagefunctions.jpeg.format.JpegFile;
import imagefunctions.jpeg.format.JpegHeader;
import imagefunctions.jpeg.format.StandardTables;
import imagefunctions.jpeg.format.Support;
import imagefunctions.jpeg.format.UnsupportedJpegException;
import imagefunctions.jpeg.samples.PixelRows;
import imagefunctions.jpeg.samples.Plane;
import imagefunctions.jpeg.samples.PlaneReader;
import imagefunctions.jpeg.samples.SampleRows;
import imagefunctions.jpeg.samples.Strip;
import imagefunctions.jpeg.scan.BlockSource;
import imagefunctions.jpeg.scan.CoefficientReader;
import imagefunctions.jpeg.write.Encoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * Edits JPEG files in the DCT domain, without decoding what the result does not need.
 *
 * <p>An engine reuses its buffers from file to file and is not thread-safe: each thread needs its own.
 */
public final class JpegEngine {
    private final CoefficientReader reader = new CoefficientReader();
    private final Strip strip = new Strip();
    private final Encoder encoder = new Encoder();

    /**
     * Edits a picture.
     *
     * @return a sequential JPEG file with a JFIF header and no other metadata
     * @throws UnsupportedJpegException if the file is not supported, see {@link JpegFile#support}
     * @throws DamagedJpegException if the file's scans are corrupt
     */
    public byte[] edit(JpegFile file, JpegEdit edit) {
        return edit(file, edit, Cores.ONE);
    }

    /**
     * The same on several cores, as far as the file and the edit allow it. A damaged file is edited again on one core,
     * which finds out what is wrong with it.
     *
     * @return the same bytes as on one
     */
    public byte[] edit(JpegFile file, JpegEdit edit, Cores cores) {
        check(file.support());
        try {
            return editOn(file, edit, cores);
        } catch (DamagedJpegException e) {
            if (cores == Cores.ONE) {
                throw e;
            }
            return editOn(file, edit, Cores.ONE);
        }
    }

    private byte[] editOn(JpegFile file, JpegEdit edit, Cores cores) {
        boolean grey = edit.grey() || file.components() == 1;
        try {
            return edit.size().isPresent() ? shrink(file, edit, grey, cores) : transcode(file, edit, grey, cores);
        } finally {
            reader.release();
            strip.release();
        }
    }

    /**
     * The same for one of many edits of a picture: its blocks are found once for all that shrink it.
     *
     * @return the same bytes as without an index
     */
    public byte[] edit(IndexedJpeg indexed, JpegEdit edit) {
        JpegFile file = indexed.file();
        if (edit.size().isEmpty()) {
            return edit(file, edit);
        }
        check(file.support());
        boolean grey = edit.grey() || file.components() == 1;
        Shrinking shrinking = shrinking(file, edit, grey);
        try {
            return shrunk(shrinking, indexed.blocks(grey, shrinking.dcOnly()), edit, Cores.ONE);
        } finally {
            strip.release();
        }
    }

    private byte[] shrink(JpegFile file, JpegEdit edit, boolean grey, Cores cores) {
        Shrinking shrinking = shrinking(file, edit, grey);
        BlockSource[] sources = shrinking.wholeInOrder()
                ? reader.decode(file, grey, true, cores)
                : reader.read(file, grey, shrinking.dcOnly(), cores);
        return shrunk(shrinking, sources, edit, shared(sources, cores));
    }

    private static Shrinking shrinking(JpegFile file, JpegEdit edit, boolean grey) {
        return new Shrinking(file, edit.size().orElseThrow(), edit.transform(), grey);
    }

    private byte[] shrunk(Shrinking shrinking, BlockSource[] sources, JpegEdit edit, Cores cores) {
        List<Plane> planes = shrinking.planes(sources, edit.transform(), strip, cores);
        return encode(planes, edit.quality().orElse(JpegEdit.DEFAULT_QUALITY), edit.optimised(), cores);
    }

    private byte[] transcode(JpegFile file, JpegEdit edit, boolean grey, Cores cores) {
        Transcoding transcoding = new Transcoding(file.frame(), edit);
        BlockSource[] sources = transcoding.copies(grey)
                ? reader.read(file, grey, edit.transform().negated(), cores)
                : reader.decode(file, grey, transcoding.inOrder(grey), transcoding.discarded(grey), cores);
        Cores shared = shared(sources, cores);
        Supplier<List<Encoder.Part>> parts = transcoding.parts(sources, strip, shared);
        return encoder.encode(transcoding.width(), transcoding.height(), parts, edit.optimised(), shared);
    }

    /** The cores that can read blocks side by side. */
    private static Cores shared(BlockSource[] sources, Cores cores) {
        return Arrays.stream(sources).allMatch(BlockSource::shared) ? cores : Cores.ONE;
    }

    /**
     * Decodes a picture to planes, Y or Y, Cb and Cr, each with its own subsampling.
     *
     * @param denominator 1, 2, 4 or 8 for the whole, half, a quarter or an eighth of its size
     * @param luma whether only the Y plane is needed
     * @throws UnsupportedJpegException if the file is not supported, see {@link JpegFile#support}
     * @throws DamagedJpegException if the file's scans are corrupt
     */
    public List<Plane> planes(JpegFile file, int denominator, boolean luma) {
        check(file.support());
        int blockSize = 8 / new JpegEdit.Reduced(denominator).denominator();
        BlockSource[] sources = reader.read(file, luma, blockSize == 1, Cores.ONE);
        List<Plane> planes = new ArrayList<>();
        for (int c = 0; c < sources.length; c++) {
            planes.add(PlaneReader.read(sources[c], file.frame().components().get(c), blockSize, Cores.ONE));
        }
        return planes;
    }

    /**
     * Decodes a picture to pixels of its own components, which its header's {@link JpegHeader#colourModel} explains;
     * they are those of libjpeg to the bit.
     *
     * @throws UnsupportedJpegException if the file cannot be decoded, see {@link JpegHeader#decodable}
     * @throws DamagedJpegException if anything of the picture is missing or corrupt
     */
    public PixelRows pixels(JpegFile file) {
        check(file.header().decodable());
        try {
            BlockSource[] sources = reader.decode(file, false, true, Cores.ONE);
            return new PixelRows(PlaneReader.readInStep(sources, file.frame()), file.frame());
        } finally {
            reader.release();
        }
    }

    /**
     * Encodes planes as a baseline JPEG: one for grey, or Y, Cb and Cr, where chroma has luma's size (4:4:4) or half of
     * it, rounded up (4:2:0).
     *
     * @param quality 1 to 100 on libjpeg's scale
     * @param optimised whether Huffman tables are computed for the picture
     */
    public byte[] encode(List<Plane> planes, int quality, boolean optimised) {
        return encode(planes, quality, optimised, Cores.ONE);
    }

    private byte[] encode(List<Plane> planes, int quality, boolean optimised, Cores cores) {
        Plane luma = planes.getFirst();
        boolean whole = planes.stream().allMatch(plane -> sized(plane, luma.width(), luma.height()));
        for (Plane plane : planes.subList(1, planes.size())) {
            boolean half = sized(plane, (luma.width() + 1) / 2, (luma.height() + 1) / 2);
            if (planes.size() != 3 || (!whole && !half)) {
                throw new IllegalArgumentException("Planes are one, or three at 4:4:4 or 4:2:0.");
            }
        }
        return encoder.encode(luma.width(), luma.height(), () -> parts(planes, quality, whole), optimised, cores);
    }

    private static List<Encoder.Part> parts(List<Plane> planes, int quality, boolean whole) {
        List<Encoder.Part> parts = new ArrayList<>();
        for (Plane plane : planes) {
            boolean first = parts.isEmpty();
            int factor = first && !whole ? 2 : 1;
            int[] steps = StandardTables.steps(first, quality);
            parts.add(new Encoder.Part(factor, factor, new SampleRows(plane, steps), null));
        }
        return parts;
    }

    private static boolean sized(Plane plane, int width, int height) {
        return plane.width() == width && plane.height() == height;
    }

    private static void check(Support support) {
        if (support instanceof Support.Unsupported(String reason)) {
            throw new UnsupportedJpegException("The file has " + reason + ".");
        }
    }
}
