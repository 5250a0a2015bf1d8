package imagefunctions.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

final class SideBySideTest {

    @Test
    void allPartsRunAtTheSameTime() {
        CyclicBarrier all = new CyclicBarrier(3);
        AtomicIntegerArray runs = new AtomicIntegerArray(3);

        SideBySide.compute(3, part -> {
            await(all);
            runs.incrementAndGet(part);
        });

        assertThat(runs).hasToString("[1, 1, 1]");
    }

    @Test
    void theFailureOfAPartIsThrownWhenTheOthersHaveEnded() {
        RuntimeException failure = new IllegalStateException("of the second");
        CountDownLatch begun = new CountDownLatch(1);
        AtomicIntegerArray interrupted = new AtomicIntegerArray(3);

        assertThatThrownBy(() -> SideBySide.compute(3, part -> {
                    if (part == 2) {
                        begun.countDown();
                        interrupted.set(2, untilInterrupted());
                        return;
                    }
                    await(begun);
                    if (part == 1) {
                        throw failure;
                    }
                }))
                .isSameAs(failure);
        assertThat(interrupted.get(2)).isEqualTo(1);
    }

    @Test
    void aFailureOfTheFirstInterruptsTheOthersAndWaitsForThem() {
        CountDownLatch begun = new CountDownLatch(1);
        AtomicIntegerArray interrupted = new AtomicIntegerArray(2);
        Error failure = new AssertionError("of the first");

        assertThatThrownBy(() -> SideBySide.compute(2, part -> {
                    if (part == 0) {
                        await(begun);
                        throw failure;
                    }
                    begun.countDown();
                    interrupted.set(1, untilInterrupted());
                }))
                .isSameAs(failure);
        assertThat(interrupted.get(1)).isEqualTo(1);
    }

    @Test
    void anInterruptionOfTheCallerReachesThePartsThatItWaitsFor() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        AtomicIntegerArray seen = new AtomicIntegerArray(3);
        Thread caller = Thread.ofPlatform().start(() -> {
            try {
                SideBySide.compute(2, part -> {
                    if (part == 0) {
                        // Not by waiting, which an early interruption would end.
                        while (begun.getCount() > 0) {
                            Thread.onSpinWait();
                        }
                    } else {
                        begun.countDown();
                        seen.set(0, untilInterrupted());
                    }
                });
            } catch (CancellationException e) {
                seen.set(1, 1);
                seen.set(2, Thread.currentThread().isInterrupted() ? 1 : 0);
            }
        });
        begun.await();

        caller.interrupt();
        caller.join();

        assertThat(seen).hasToString("[1, 1, 1]");
    }

    private static int untilInterrupted() {
        try {
            new CountDownLatch(1).await();
            return 0;
        } catch (InterruptedException e) {
            return 1;
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new IllegalStateException(e);
        }
    }
}
