package imagefunctions.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class ConcurrentTasksTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    @Test
    void resultsComeInTheOrderOfTheTasksWhicheverEndsFirst() throws Exception {
        CountDownLatch second = new CountDownLatch(1);
        List<Callable<String>> tasks = List.of(
                () -> {
                    second.await();
                    return "first";
                },
                () -> {
                    second.countDown();
                    return "second";
                });

        assertThat(ConcurrentTasks.all(tasks, 2)).containsExactly("first", "second");
        assertThat(ConcurrentTasks.within(LONG, tasks, 2)).containsExactly(Optional.of("first"), Optional.of("second"));
    }

    @Test
    void noMoreRunAtOnceThanMay() throws Exception {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CyclicBarrier three = new CyclicBarrier(3);
        List<Callable<Integer>> tasks = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            tasks.add(() -> {
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                three.await(1, TimeUnit.MINUTES);
                return running.decrementAndGet();
            });
        }

        ConcurrentTasks.all(tasks, 3);

        assertThat(most.get()).isEqualTo(3);
    }

    @Test
    void theFirstFailureInterruptsTheOthersAndIsThrownWhenTheyHaveEnded() {
        CountDownLatch started = new CountDownLatch(1);
        AtomicBoolean ended = new AtomicBoolean();
        List<Callable<Boolean>> tasks = List.of(
                () -> {
                    try {
                        started.countDown();
                        return new CountDownLatch(1).await(1, TimeUnit.MINUTES);
                    } finally {
                        ended.set(true);
                    }
                },
                () -> {
                    started.await();
                    throw new IOException("no luck");
                });

        assertThatThrownBy(() -> ConcurrentTasks.all(tasks, 2))
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseMessage("no luck");
        assertThat(ended).isTrue();
        assertThatThrownBy(() -> ConcurrentTasks.within(LONG, tasks, 2)).hasRootCauseMessage("no luck");
    }

    @Test
    void whatIsOutOfTimeIsInterruptedAndOmitted() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        List<Callable<String>> tasks = List.of(
                () -> "done",
                () -> {
                    try {
                        never.await();
                        return "late";
                    } finally {
                        interrupted.countDown();
                    }
                },
                () -> "queued behind it");

        List<Optional<String>> results = ConcurrentTasks.within(Duration.ofSeconds(1), tasks, 1);

        assertThat(results).containsExactly(Optional.of("done"), Optional.empty(), Optional.empty());
        assertThat(interrupted.await(1, TimeUnit.MINUTES)).isTrue();
    }

    @Test
    void nothingIsStartedForNoTasksAndNothingIsAwaitedWithoutTime() throws Exception {
        assertThat(ConcurrentTasks.all(List.<Callable<String>>of(), 1)).isEmpty();
        assertThat(ConcurrentTasks.within(Duration.ofSeconds(-1), List.<Callable<String>>of(), 1))
                .isEmpty();
        Callable<Boolean> waits = () -> new CountDownLatch(1).await(1, TimeUnit.MINUTES);
        assertThat(ConcurrentTasks.within(Duration.ofSeconds(-1), List.of(waits), 1))
                .containsExactly(Optional.empty());
    }
}
