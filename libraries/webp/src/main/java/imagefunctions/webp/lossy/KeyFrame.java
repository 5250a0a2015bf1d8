package imagefunctions.webp.lossy;

import imagefunctions.webp.format.DamagedWebpException;
import imagefunctions.webp.format.Data;
import imagefunctions.webp.format.Frame;

/**
 * The header of a key frame (RFC 6386, 9.2 to 9.11 and 19.2).
 *
 * @param modes the first partition, behind the header
 * @param tokens the other partitions; each has every 1st, 2nd, 4th or 8th row of macroblocks
 * @param skipProbability that a macroblock has coefficients; -1 if none states that it has none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record KeyFrame(
        int width,
        int height,
        BoolDecoder modes,
        BoolDecoder[] tokens,
        Segmentation segmentation,
        FilterStrength[] filters,
        boolean simpleFilter,
        Quantiser[] quantisers,
        int[][] probabilities,
        int skipProbability) {
    private static final int UNCOMPRESSED = 10;

    static KeyFrame read(Frame frame) {
        Data data = frame.bitstream().from(UNCOMPRESSED);
        if (frame.firstPartition() > data.length()) {
            throw new DamagedWebpException("The lossy WebP picture is cut short in its first partition.");
        }
        BoolDecoder header = new BoolDecoder(data.first(frame.firstPartition()));
        // The colour space and the clamping, which is always done.
        header.number(2);
        Segmentation segmentation = Segmentation.read(header);
        boolean simpleFilter = header.flag();
        FilterStrength[] filters = FilterStrength.read(header, segmentation);
        BoolDecoder[] tokens = partitions(data.from(frame.firstPartition()), 1 << header.number(2));
        Quantiser[] quantisers = Quantiser.read(header, segmentation);
        // Whether the probabilities are kept for the next frame, which there is not.
        header.flag();
        int[][] probabilities = CoefficientProbabilities.read(header);
        int skipProbability = header.flag() ? header.number(8) : -1;
        return new KeyFrame(
                frame.width(),
                frame.height(),
                header,
                tokens,
                segmentation,
                filters,
                simpleFilter,
                quantisers,
                probabilities,
                skipProbability);
    }

    /** RFC 6386, 9.5: the lengths of all but the last, in 24 bits each, then the partitions. */
    private static BoolDecoder[] partitions(Data data, int count) {
        int at = 3 * (count - 1);
        if (data.length() <= at) {
            throw new DamagedWebpException("The lossy WebP picture is cut short before its second partition.");
        }
        BoolDecoder[] partitions = new BoolDecoder[count];
        for (int i = 0; i < count; i++) {
            int rest = data.length() - at;
            if (rest == 0 && i == count - 1) {
                throw new DamagedWebpException("The lossy WebP picture is cut short before its last partition.");
            }
            int length = i < count - 1 ? Math.min(rest, data.u24(3 * i)) : rest;
            partitions[i] = new BoolDecoder(data.from(at).first(length));
            at += length;
        }
        return partitions;
    }

    /** Macroblocks in a row. */
    int across() {
        return (width + 15) >> 4;
    }

    /** Rows of macroblocks. */
    int down() {
        return (height + 15) >> 4;
    }
}
