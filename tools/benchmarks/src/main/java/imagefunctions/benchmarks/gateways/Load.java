package imagefunctions.benchmarks.gateways;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Calls that arrive at random, whether or not earlier ones are answered yet. */
final class Load {
    private final double perSecond;
    private final Duration lasting;

    Load(double perSecond, Duration lasting) {
        this.perSecond = perSecond;
        this.lasting = lasting;
    }

    /**
     * Makes the calls and waits for the last.
     *
     * @param seed of their random arrival times
     * @param atHalf run when half of the time is over
     * @return nanoseconds of each from its arrival to its answer, -1 for one that failed
     */
    List<Long> on(Strategy strategy, long seed, Runnable atHalf) throws Exception {
        Random arrivals = new Random(seed);
        List<Future<Long>> calls = new ArrayList<>();
        boolean firstHalf = true;
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            long start = System.nanoTime();
            double at = 0;
            while (at < lasting.toNanos()) {
                at += -Math.log(1 - arrivals.nextDouble()) / perSecond * 1e9;
                if (firstHalf && at > lasting.toNanos() / 2.0) {
                    firstHalf = false;
                    atHalf.run();
                }
                long due = start + (long) at;
                Thread.sleep(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
                calls.add(callers.submit(() -> made(strategy, due)));
            }
        }
        List<Long> took = new ArrayList<>();
        for (Future<Long> call : calls) {
            took.add(call.get());
        }
        return took;
    }

    private static long made(Strategy strategy, long due) throws InterruptedException {
        try {
            strategy.call();
            return System.nanoTime() - due;
        } catch (IOException e) {
            return -1;
        }
    }
}
