package imagefunctions.fuzz;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** The blocks of a GIF file: the header with the screen and its colours, extensions, frames, the end. */
final class GifBlocks implements Chunked {
    private static final String SCREEN = "screen";
    private static final String FRAME = "frame";
    private static final int EXTENSION = 0x21;
    private static final int IMAGE = 0x2C;

    private final RandomGenerator random;
    private final Numbers numbers;

    GifBlocks(RandomGenerator random) {
        this.random = random;
        numbers = new Numbers(random);
    }

    @Override
    public List<Chunk> split(byte[] file) {
        List<Chunk> blocks = new ArrayList<>();
        int at = 0;
        int end = behindColours(file, 13);
        String name = SCREEN;
        while (at < file.length) {
            blocks.add(new Chunk(name, Arrays.copyOfRange(file, at, Math.min(end, file.length))));
            at = end;
            int first = at < file.length ? file[at] : 0;
            name = first == IMAGE ? FRAME : "other";
            end = switch (first) {
                case EXTENSION -> behindData(file, at + 2);
                case IMAGE -> behindData(file, behindColours(file, at + 10) + 1);
                default -> at + 1;
            };
        }
        return blocks;
    }

    /** Behind the palette, if the flags at the end of a header say that there is one: three bytes before it of a screen. */
    private static int behindColours(byte[] file, int headerEnd) {
        int flags = headerEnd == 13 ? headerEnd - 3 : headerEnd - 1;
        boolean colours = flags < file.length && (file[flags] & 0x80) != 0;
        return headerEnd + (colours ? 3 * (2 << (file[flags] & 7)) : 0);
    }

    private static int behindData(byte[] file, int start) {
        int at = start;
        while (at < file.length && file[at] != 0) {
            at += 1 + (file[at] & 0xFF);
        }
        return at + 1;
    }

    @Override
    public byte[] join(List<Chunk> blocks) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        blocks.forEach(block -> file.writeBytes(block.data()));
        return file.toByteArray();
    }

    @Override
    public Chunk damaged(Chunk block) {
        byte[] data = block.data();
        int sizes = block.name().equals(SCREEN) ? 6 : block.name().equals(FRAME) ? 1 : data.length;
        if (random.nextInt(3) > 0 || data.length < sizes + 8) {
            return new Chunk(block.name(), numbers.withAnotherByte(data));
        }
        byte[] changed = data.clone();
        int at = sizes + 2 * random.nextInt(sizes == 1 ? 4 : 2);
        int size = numbers.insteadOf((data[at] & 0xFF) | (data[at + 1] & 0xFF) << 8);
        changed[at] = (byte) size;
        changed[at + 1] = (byte) (size >> 8);
        return new Chunk(block.name(), changed);
    }
}
