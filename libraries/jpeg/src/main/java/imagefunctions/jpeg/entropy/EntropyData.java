package imagefunctions.jpeg.entropy;

import imagefunctions.jpeg.format.Bytes;
import imagefunctions.jpeg.format.DamagedJpegException;
import imagefunctions.jpeg.format.Marker;
import java.util.Arrays;

/**
 * The entropy-coded data of a scan, without stuffed zeros, fill bytes and restart markers (ITU-T T.81, B.1.1.5), and
 * the buffers that are reused for decoding it.
 *
 * <p>Invariant: {@link #SLACK} zero bytes follow the data, more than the longest block takes, so that hot loops need to
 * check only every few blocks whether they have read past the end.
 */
public final class EntropyData {
    /** At least the longest blocks, 64 codes of 16 bits with values of 15, that are read between two checks. */
    static final int SLACK = SkipTable.PER_REFILL * 64 * 31 / 8 + 64;

    /** As many as a picture of 40 megapixels has blocks. */
    private static final int MOST_KEPT = 1 << 20;

    /** Arrays that one core needs. */
    private static final int SPARE = 2;

    private static final int NUMBERS = 3;

    private byte[] data = new byte[SLACK];
    private byte[][] spare = new byte[SPARE][0];
    private int[][] numbers = new int[NUMBERS][0];
    private long[] entries = new long[0];
    private int length;
    private int[] starts = new int[16];
    private int segments;

    /** The data; the array is longer than {@link #length}. */
    public byte[] data() {
        return data;
    }

    /** The reusable array of this number, with room for this many integers, not cleared. */
    public int[] numbers(int which, int count) {
        while (numbers.length <= which) {
            numbers = Arrays.copyOf(numbers, numbers.length + 1);
            numbers[numbers.length - 1] = new int[0];
        }
        if (numbers[which].length < count) {
            numbers[which] = new int[count];
        }
        return numbers[which];
    }

    /** A reusable array for the entries of the scan's look-up tables, not cleared. */
    public long[] entries(int count) {
        if (entries.length < count) {
            entries = new long[count];
        }
        return entries;
    }

    /** Frees buffers that only an unusually large scan needs, or one that several cores have worked on. */
    public void release() {
        numbers = Arrays.copyOf(numbers, NUMBERS);
        spare = Arrays.copyOf(spare, SPARE);
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = numbers[i].length > MOST_KEPT ? new int[0] : numbers[i];
        }
    }

    /** The reusable array of this number, of the same length as the data, not cleared. */
    public byte[] spare(int number) {
        while (spare.length <= number) {
            spare = Arrays.copyOf(spare, spare.length + 1);
            spare[spare.length - 1] = new byte[0];
        }
        if (spare[number].length < length + SLACK) {
            spare[number] = new byte[length + SLACK];
        }
        return spare[number];
    }

    public int length() {
        return length;
    }

    /** Number of restart intervals, at least one. */
    public int segments() {
        return segments;
    }

    /** A bit offset that is exceeded only if the scan is truncated. */
    public int limit() {
        return (length + 16) << 3;
    }

    public int segmentStart(int segment) {
        return starts[segment];
    }

    public int segmentEnd(int segment) {
        return segment + 1 < segments ? starts[segment + 1] : length;
    }

    /**
     * Checks that the blocks of a segment have ended where its data end. If there were too few data, pixels are missing;
     * if too many, something has been put in between, and it is unknown where. Zeros that pad them are harmless.
     *
     * @param bit after the last block
     * @param last whether no more segments are needed
     * @throws DamagedJpegException if they have not
     */
    public void checkEnd(int segment, int bit, boolean last) {
        if (bit > segmentEnd(segment) << 3) {
            throw new DamagedJpegException("The entropy-coded data end too early.");
        }
        int end = last ? length : segmentEnd(segment);
        for (int at = (bit + 7) >>> 3; at < end; at++) {
            if (data[at] != 0) {
                throw new DamagedJpegException("The entropy-coded data go on after the last block.");
            }
        }
    }

    /**
     * Reads the scan data at the offset, and returns the offset of the marker after it.
     *
     * @throws DamagedJpegException if restart markers are missing or out of order (E.2.4)
     */
    public int read(byte[] file, int offset) {
        if (data.length < file.length - offset + SLACK) {
            data = new byte[file.length - offset + SLACK];
        }
        byte[] out = data;
        starts[0] = 0;
        segments = 1;
        int in = offset;
        int n = 0;
        int wide = file.length - 8;
        while (in < file.length) {
            if (in <= wide) {
                long eight = Bytes.getLong(file, in);
                Bytes.putLong(out, n, eight);
                long ff = Bytes.whereFf(eight);
                int plain = ff == 0 ? 8 : Long.numberOfLeadingZeros(ff) >>> 3;
                in += plain;
                n += plain;
                if (ff == 0) {
                    continue;
                }
            } else if (file[in] != -1) {
                out[n++] = file[in++];
                continue;
            }
            int marker = in + 1 < file.length ? Bytes.u8(file, in + 1) : Marker.EOI;
            if (marker == 0) {
                out[n++] = -1;
                in += 2;
            } else if (marker == 0xFF) {
                in++;
            } else if (Marker.isRestart(marker)) {
                restart(marker, n);
                in += 2;
            } else {
                break;
            }
        }
        length = n;
        Arrays.fill(out, n, n + SLACK, (byte) 0);
        return in;
    }

    private void restart(int marker, int at) {
        if (marker - Marker.RST0 != (segments - 1 & 7)) {
            throw new DamagedJpegException("Restart markers are missing or out of order.");
        }
        if (segments == starts.length) {
            starts = Arrays.copyOf(starts, 2 * segments);
        }
        starts[segments++] = at;
    }

    /** The offset of the marker after the scan data at the offset, found without reading them. */
    public static int end(byte[] file, int offset) {
        int in = offset;
        int wide = file.length - 8;
        while (in < file.length) {
            if (in <= wide) {
                long ff = Bytes.whereFf(Bytes.getLong(file, in));
                if (ff == 0) {
                    in += 8;
                    continue;
                }
                in += Long.numberOfLeadingZeros(ff) >>> 3;
            } else if (file[in] != -1) {
                in++;
                continue;
            }
            int marker = in + 1 < file.length ? Bytes.u8(file, in + 1) : Marker.EOI;
            if (marker == 0xFF) {
                in++;
            } else if (marker == 0 || Marker.isRestart(marker)) {
                in += 2;
            } else {
                return in;
            }
        }
        return in;
    }
}
