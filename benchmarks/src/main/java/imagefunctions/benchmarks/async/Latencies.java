package imagefunctions.benchmarks.async;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

/** How long each of many puts took, in nanoseconds, ascending, and how long all together. */
record Latencies(List<Long> each, long whole) {

    /** Has so many clients put one body after the other, for so long. */
    static Latencies of(Queue queue, byte[] body, int clients, long forNanos) throws Exception {
        long start = System.nanoTime();
        List<Future<long[]>> running = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
            for (int i = 0; i < clients; i++) {
                running.add(threads.submit(() -> putUntil(queue, body, start + forNanos)));
            }
        }
        long whole = System.nanoTime() - start;
        LongStream all = LongStream.empty();
        for (Future<long[]> client : running) {
            all = LongStream.concat(all, Arrays.stream(client.get()));
        }
        return new Latencies(all.sorted().boxed().toList(), whole);
    }

    private static long[] putUntil(Queue queue, byte[] body, long end) throws Exception {
        LongStream.Builder took = LongStream.builder();
        for (long now = System.nanoTime(); now < end; ) {
            queue.put(body);
            long then = System.nanoTime();
            took.add(then - now);
            now = then;
        }
        return took.build().toArray();
    }

    double millis(double quantile) {
        int rank = (int) Math.ceil(quantile * each.size());
        return each.get(Math.max(0, rank - 1)) / 1e6;
    }

    double perSecond() {
        return each.size() * 1e9 / whole;
    }
}
