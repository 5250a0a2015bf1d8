package imagefunctions.jpeg;

import imagefunctions.jpeg.format.Cores;
import imagefunctions.jpeg.format.JpegFile;
import imagefunctions.jpeg.scan.BlockSource;
import imagefunctions.jpeg.scan.CoefficientReader;
import java.util.HashMap;
import java.util.Map;

/**
 * A file whose blocks are found once, for any number of edits that shrink it; many engines may edit it at the same time.
 *
 * <p>It holds the scan and its index for as long as it is used.
 */
public final class IndexedJpeg {
    private final JpegFile file;
    private final Map<Need, BlockSource[]> found = new HashMap<>();

    private record Need(boolean luma, boolean dcOnly) {}

    public IndexedJpeg(JpegFile file) {
        this.file = file;
    }

    JpegFile file() {
        return file;
    }

    /** The blocks, of luma alone perhaps; of a progressive file without what only AC scans bring, if that is not needed. */
    synchronized BlockSource[] blocks(boolean luma, boolean dcOnly) {
        Need need = new Need(luma, dcOnly && file.frame().progressive());
        return found.computeIfAbsent(
                need, missing -> new CoefficientReader().read(file, missing.luma(), missing.dcOnly(), Cores.ONE));
    }
}
