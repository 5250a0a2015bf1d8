package imagefunctions.imaging;

import imagefunctions.jpeg.format.Cores;
import imagefunctions.tasks.SideBySide;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/** All cores of the machine for one picture, as long as it is the only one; otherwise its own thread's. */
final class IdleCores implements Cores {
    static final Cores ALL = new IdleCores();

    /** What each adds gets less with their number, and what it takes does not. */
    private static final int MOST = 4;

    /** Pictures that are being made in this process. */
    private static final AtomicInteger PICTURES = new AtomicInteger();

    private IdleCores() {}

    /** Makes a picture, which counts as long as that takes. */
    static <T> T counted(Supplier<T> picture) {
        PICTURES.incrementAndGet();
        try {
            return picture.get();
        } finally {
            PICTURES.decrementAndGet();
        }
    }

    @Override
    public int free() {
        return PICTURES.get() > 1 ? 1 : Math.min(MOST, Runtime.getRuntime().availableProcessors());
    }

    @Override
    public void all(int parts, IntConsumer part) {
        SideBySide.compute(parts, part);
    }
}
