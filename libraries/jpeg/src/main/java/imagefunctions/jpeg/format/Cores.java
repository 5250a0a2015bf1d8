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

    /** A band of the rows of a picture. */
    interface Band {
        /**
         * Works on its rows.
         *
         * @param number the band's, from 0
         */
        void work(int number, int from, int end);
    }

    /** Works on a number of bands of rows, of the same height as far as possible. */
    default void bands(int count, int rows, Band band) {
        all(count, i -> band.work(i, rows * i / count, rows * (i + 1) / count));
    }

    /** The number of parts, of a smallest size each, that work is worth splitting into. */
    default int parts(int size, int smallest) {
        return Math.clamp(size / smallest, 1, free());
    }
}
