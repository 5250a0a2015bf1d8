package imagefunctions.fuzz;

import imagefunctions.imagetype.ImageType;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Damages files: what they are made of, by their format, and any byte. */
final class Mutator {
    static final int LONGEST = 1 << 16;

    private final RandomGenerator random;
    private final Damage jpeg;
    private final Damage png;
    private final Damage gif;
    private final Damage bmp;
    private final Damage tiff;
    private final Damage webp;

    Mutator(RandomGenerator random) {
        this.random = random;
        jpeg = new JpegDamage(random);
        png = new ChunkDamage(new PngChunks(random), random);
        gif = new ChunkDamage(new GifBlocks(random), random);
        bmp = new BmpDamage(random);
        tiff = new TiffDamage(random);
        webp = new ChunkDamage(new WebpChunks(random), random);
    }

    /** A file with one to four damages, of which some take parts of the other one. */
    byte[] mutate(ImageType format, byte[] file, byte[] other) {
        byte[] mutant = file.clone();
        for (int n = 1 + random.nextInt(4); n > 0 && mutant.length > 4; n--) {
            mutant = random.nextBoolean() ? of(format).damage(mutant, other) : inBytes(mutant, other);
        }
        return mutant.length <= LONGEST ? mutant : Arrays.copyOf(mutant, LONGEST);
    }

    private Damage of(ImageType format) {
        return switch (format) {
            case JPEG -> jpeg;
            case PNG -> png;
            case GIF -> gif;
            case BMP -> bmp;
            case TIFF -> tiff;
            case WEBP -> webp;
        };
    }

    private byte[] inBytes(byte[] original, byte[] other) {
        byte[] file = original.clone();
        int at = random.nextInt(file.length);
        int header = random.nextInt(Math.min(file.length, 700));
        switch (random.nextInt(10)) {
            case 0 -> file[at] = (byte) random.nextInt(256);
            case 1 -> file[at] ^= (byte) (1 << random.nextInt(8));
            case 2 -> file[header] = (byte) random.nextInt(256);
            case 3 -> file[header] += (byte) (random.nextInt(5) - 2);
            case 4 -> file[random.nextBoolean() ? at : header] = (byte) (random.nextBoolean() ? 0xFF : 0);
            case 5 -> {
                file[at] = -1;
                file[Math.min(at + 1, file.length - 1)] = (byte) (0xC0 + random.nextInt(64));
            }
            case 6 -> {
                return Arrays.copyOf(file, at);
            }
            case 7 -> {
                int length = random.nextInt(Math.min(64, file.length - at) + 1);
                return spliced(file, at, file, at + length);
            }
            case 8 -> {
                return other.length == 0 ? file : spliced(file, at, other, random.nextInt(other.length));
            }
            default -> {
                int end = Math.min(file.length, at + random.nextInt(200));
                for (int i = at; i < end; i++) {
                    file[i] = (byte) random.nextInt(256);
                }
            }
        }
        return file;
    }

    /** The beginning of one file and the end of another. */
    private static byte[] spliced(byte[] first, int end, byte[] second, int from) {
        byte[] both = Arrays.copyOf(first, Math.min(end + second.length - from, LONGEST));
        int start = Math.min(end, both.length);
        System.arraycopy(second, from, both, start, both.length - start);
        return both;
    }
}
