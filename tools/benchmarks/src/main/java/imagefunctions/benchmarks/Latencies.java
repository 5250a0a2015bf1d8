package imagefunctions.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

/** How long each of many calls took, in nanoseconds, ascending, and how long all together. */
public record Latencies(List<Long> each, long whole) {

    /** What is measured. */
    public interface Call {
        void make() throws Exception;
    }

    /** Has several clients make one call after the other for a time. */
    public static Latencies of(Call call, int clients, long forNanos) throws Exception {
        long start = System.nanoTime();
        List<Future<long[]>> running = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
            for (int i = 0; i < clients; i++) {
                running.add(threads.submit(() -> callUntil(call, start + forNanos)));
            }
        }
        long whole = System.nanoTime() - start;
        LongStream all = LongStream.empty();
        for (Future<long[]> client : running) {
            all = LongStream.concat(all, Arrays.stream(client.get()));
        }
        return new Latencies(all.sorted().boxed().toList(), whole);
    }

    private static long[] callUntil(Call call, long end) throws Exception {
        LongStream.Builder took = LongStream.builder();
        for (long now = System.nanoTime(); now < end; ) {
            call.make();
            long then = System.nanoTime();
            took.add(then - now);
            now = then;
        }
        return took.build().toArray();
    }

    public double millis(double quantile) {
        int rank = (int) Math.ceil(quantile * each.size());
        return each.get(Math.max(0, rank - 1)) / 1e6;
    }

    public double perSecond() {
        return each.size() * 1e9 / whole;
    }
}
