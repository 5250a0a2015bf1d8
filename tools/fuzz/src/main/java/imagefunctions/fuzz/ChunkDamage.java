package imagefunctions.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Moves, doubles, drops, exchanges and changes the parts of a file. */
final class ChunkDamage implements Damage {
    private final Chunked format;
    private final RandomGenerator random;

    ChunkDamage(Chunked format, RandomGenerator random) {
        this.format = format;
        this.random = random;
    }

    @Override
    public byte[] damage(byte[] file, byte[] other) {
        List<Chunk> chunks = format.split(file);
        if (chunks.isEmpty()) {
            return file;
        }
        int at = random.nextInt(chunks.size());
        Chunk chunk = chunks.get(at);
        switch (random.nextInt(10)) {
            case 0 -> chunks.remove(at);
            case 1 -> chunks.add(random.nextInt(chunks.size()), chunk);
            case 2 -> chunks.add(random.nextInt(chunks.size()), chunks.remove(at));
            case 3 -> {
                List<Chunk> others = format.split(other);
                if (!others.isEmpty()) {
                    chunks.add(at, others.get(random.nextInt(others.size())));
                }
            }
            case 4 -> {
                int length = random.nextInt(chunk.data().length + 3);
                chunks.set(at, new Chunk(chunk.name(), Arrays.copyOf(chunk.data(), length)));
            }
            default -> chunks.set(at, format.damaged(chunk));
        }
        return format.join(chunks);
    }
}
