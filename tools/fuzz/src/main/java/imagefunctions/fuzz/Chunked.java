package imagefunctions.fuzz;

import java.util.List;

/** A format whose files are one part after the other. */
interface Chunked {
    /** Takes a file apart, as far as its lengths are right. */
    List<Chunk> split(byte[] file);

    /** Puts parts together, with lengths and checksums that are right. */
    byte[] join(List<Chunk> chunks);

    /** A part with something changed within, by what it is. */
    Chunk damaged(Chunk chunk);
}
