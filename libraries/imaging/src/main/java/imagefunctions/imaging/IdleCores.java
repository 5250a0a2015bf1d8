package imagefunctions.imaging;

import imagefunctions.jpeg.format.Cores;
import imagefunctions.tasks.SideBySide;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.ObjIntConsumer;
import java.util.function.Supplier;

/** Up to four cores for one picture, as long as it is the only one; otherwise its own thread's. */
final class IdleCores implements Cores {
    /** The machine's, for all pictures of this process. */
    static final IdleCores OF_THE_MACHINE = new IdleCores(Runtime.getRuntime().availableProcessors());

    /** What each adds gets less with their number, and what it takes does not. */
    private static final int MOST = 4;

    private final int processors;

    /** Computes a number of parts side by side. */
    private final ObjIntConsumer<IntConsumer> sideBySide;

    /** Pictures that are being made. */
    private final AtomicInteger pictures = new AtomicInteger();

    IdleCores(int processors) {
        this(processors, (part, parts) -> SideBySide.compute(parts, part));
    }

    IdleCores(int processors, ObjIntConsumer<IntConsumer> sideBySide) {
        this.processors = processors;
        this.sideBySide = sideBySide;
    }

    /** Makes a picture, which counts as long as that takes. */
    <T> T counted(Supplier<T> picture) {
        pictures.incrementAndGet();
        try {
            return picture.get();
        } finally {
            pictures.decrementAndGet();
        }
    }

    @Override
    public int free() {
        return pictures.get() > 1 ? 1 : Math.min(MOST, processors);
    }

    @Override
    public void all(int parts, IntConsumer part) {
        sideBySide.accept(part, parts);
    }
}
