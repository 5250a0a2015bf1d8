package imagefunctions.webp.format;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Walks through chunks (RFC 9649, 2.3): a name of four characters, a length, data padded to an even length. */
final class Chunks {
    private static final int HEADER = 8;

    /** One chunk. */
    record Chunk(String name, Data data) {}

    private final Data data;
    private int at;

    Chunks(Data data) {
        this.data = data;
    }

    /**
     * The next chunk, if there is one; fewer bytes than its header has are padding.
     *
     * @throws DamagedWebpException if it goes beyond the end; only its padding byte may be missing
     */
    Optional<Chunk> next() {
        if (data.length() - at < HEADER) {
            return Optional.empty();
        }
        String name = new String(data.file(), data.offset() + at, 4, StandardCharsets.ISO_8859_1);
        long length = data.u32(at + 4);
        int start = at + HEADER;
        if (length > data.length() - start) {
            throw new DamagedWebpException("The WebP file is cut short in its chunk \"" + name.strip() + "\".");
        }
        at = (int) Math.min(data.length(), start + length + (length & 1));
        return Optional.of(new Chunk(name, new Data(data.file(), data.offset() + start, (int) length)));
    }
}
