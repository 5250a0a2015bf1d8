package imagefunctions.jpeg;

import imagefunctions.jpeg.format.Cores;
import imagefunctions.jpeg.format.JpegFile;
import imagefunctions.jpeg.scan.BlockSource;
import imagefunctions.jpeg.scan.CoefficientReader;
import java.util.HashMap;
import java.util.Map;

/**
 * A file that is read once, for several edits that shrink it; many engines may edit it at the same time.
 *
 * <p>For a few edits its blocks are found, and each edit decodes what it needs of them. For more it is faster to decode
 * all coefficients at once, where an edit needs any but DC. What is read is held for as long as this is.
 */
public final class IndexedJpeg {
    /** Edits from which on decoding everything once is faster. */
    private static final int MANY = 4;

    /** Bytes of a file whose coefficients are held, which are six times as many for a photo; larger ones gain little. */
    private static final int LARGEST = 1 << 20;

    private final JpegFile file;
    private final boolean decoded;
    private final Map<Need, BlockSource[]> read = new HashMap<>();

    private record Need(boolean luma, boolean dcOnly) {}

    /**
     * A file to be read.
     *
     * @param edits how many to expect, which says how to read it; any other number may follow
     */
    public IndexedJpeg(JpegFile file, int edits) {
        this.file = file;
        this.decoded = edits >= MANY && file.bytes().length <= LARGEST;
    }

    JpegFile file() {
        return file;
    }

    /** The blocks, of luma alone perhaps; where all coefficients are decoded at once, only if more than DC is needed. */
    synchronized BlockSource[] blocks(boolean luma, boolean dcOnly) {
        return read.computeIfAbsent(
                new Need(luma, dcOnly && (decoded || file.frame().progressive())),
                need -> read(new CoefficientReader(), need));
    }

    private BlockSource[] read(CoefficientReader reader, Need need) {
        return decoded && !need.dcOnly()
                ? reader.decode(file, need.luma(), false, Cores.ONE)
                : reader.read(file, need.luma(), need.dcOnly(), Cores.ONE);
    }
}
