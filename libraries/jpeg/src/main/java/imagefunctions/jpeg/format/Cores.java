package imagefunctions.jpeg.format;

import java.util.function.IntConsumer;

/** Where parts of a picture are worked on side by side. */
public interface Cores {
    /** The calling thread alone. */
    Cores ONE = new Cores() {
        @Override
        public int free() {
            return 1;
        }

        @Override
        public void all(int parts, IntConsumer part) {
            for (int i = 0; i < parts; i++) {
                part.accept(i);
            }
        }
    };

    /** How many there are for a picture now, at least 1. */
    int free();

    /** Works on each part, by its number from 0, and returns when all have ended, after a failure too. */
    void all(int parts, IntConsumer part);

    /** The number of parts, of a smallest size each, that work is worth splitting into. */
    default int parts(int size, int smallest) {
        return Math.clamp(size / smallest, 1, free());
    }
}
