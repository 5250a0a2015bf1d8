package imagefunctions.benchmarks.soak;

import imagefunctions.testservers.ReservedPort;
import imagefunctions.testservers.WallClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * Everything at once for a time, {@code Soak SECONDS}: calls of all sizes, asynchronous ones, files that were made to do
 * harm, and slow clients. In the first half the gateway and the receiver are killed again and again, their disk is full
 * and their clock is off by a day at times; in the second half they live on, so that their memory can be watched. Ends with status 1 if an
 * acknowledged call is lost, a result is stored twice, or an answer is a 500.
 */
public final class Soak {
    private static final Path PICTURES = Path.of("../../samples");
    private static final Path HOSTILE = Path.of("../fuzz");
    private static final int SLOW_CLIENTS = 50;
    private static final int MOST_OUTSTANDING = 5000;
    private static final Duration BETWEEN_FULL_DISKS = Duration.ofSeconds(40);
    private static final Duration FULL = Duration.ofSeconds(4);
    private static final Duration BETWEEN_COLLECTIONS = Duration.ofSeconds(5);
    private static final int SECONDS_BETWEEN_LOOKS_INSIDE = 15;
    private static final Duration FOR_THE_REST = Duration.ofMinutes(10);

    private final Random random = new Random();
    private final SmallDisk disk;
    private final WallClock clock;
    private final Service gateway;
    private final Service receiver;
    private final Callers callers;
    private final Collector collector;
    private final Watched gatewayWatched = new Watched();
    private final Watched receiverWatched = new Watched();
    private int fullDisks;
    private int clockJumps;
    private volatile boolean over;

    /** Something that is done again and again. */
    private interface Step {
        void run() throws InterruptedException;
    }

    private Soak(
            SmallDisk disk, WallClock clock, Service gateway, Service receiver, Callers callers, Collector collector) {
        this.disk = disk;
        this.clock = clock;
        this.gateway = gateway;
        this.receiver = receiver;
        this.callers = callers;
        this.collector = collector;
    }

    public static void main(String[] args) throws Exception {
        Thread soak = Thread.currentThread();
        Thread end = new Thread(() -> end(soak));
        Runtime.getRuntime().addShutdownHook(end);
        boolean passed = soaked(Duration.ofSeconds(Long.parseLong(args[0])));
        Runtime.getRuntime().removeShutdownHook(end);
        System.exit(passed ? 0 : 1);
    }

    /** At SIGTERM: nothing that was started is left behind. */
    private static void end(Thread soak) {
        soak.interrupt();
        try {
            soak.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean soaked(Duration time) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(Path.of("target"));
        WallClock clock = new WallClock(folder.resolve("soak-clock"));
        try (ReservedPort gatewayPort = new ReservedPort();
                ReservedPort receiverPort = new ReservedPort();
                SmallDisk disk = new SmallDisk(Files.createTempDirectory(folder, "soak"));
                Service receiver = new Service(
                        "callback-receiver",
                        receiverPort.number(),
                        "64m",
                        clock,
                        Map.of(
                                "IMAGE_FUNCTIONS_MESSAGES_FOLDER",
                                disk.folder().resolve("messages").toString(),
                                "IMAGE_FUNCTIONS_MESSAGES_MAX_COUNT",
                                "10000000"));
                Service gateway = new Service(
                        "local-gateway",
                        gatewayPort.number(),
                        "512m",
                        clock,
                        Map.ofEntries(
                                Map.entry("IMAGE_FUNCTIONS_BUCKETS", "false"),
                                Map.entry(
                                        "IMAGE_FUNCTIONS_S3_FOLDER",
                                        disk.folder().resolve("s3").toString()),
                                Map.entry(
                                        "IMAGE_FUNCTIONS_SPOOL_FOLDER",
                                        disk.folder().resolve("spool").toString()),
                                Map.entry("IMAGE_FUNCTIONS_SPOOL_MIN_FREE", "0"),
                                // No call is given up because its function or its receiver was away for long.
                                Map.entry("IMAGE_FUNCTIONS_ASYNC_ATTEMPTS", "64"),
                                Map.entry("IMAGE_FUNCTIONS_ASYNC_FIRST_WAIT", "100ms"),
                                Map.entry("IMAGE_FUNCTIONS_ASYNC_LONGEST_WAIT", "1s"),
                                Map.entry("IMAGE_FUNCTIONS_CALLBACK_ATTEMPTS", "64"),
                                Map.entry("IMAGE_FUNCTIONS_CALLBACK_FIRST_WAIT", "100ms"),
                                Map.entry("IMAGE_FUNCTIONS_CALLBACK_LONGEST_WAIT", "1s")))) {
            Soak soak = new Soak(
                    disk,
                    clock,
                    gateway,
                    receiver,
                    new Callers(gatewayPort.url(), receiverPort.url()),
                    new Collector(receiverPort.url()));
            return soak.run(time, gatewayPort);
        }
    }

    private boolean run(Duration time, ReservedPort port) throws IOException, InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            try {
                startCallers(threads, port);
                torment(time.dividedBy(2));
                watch(time.dividedBy(2));
                over = true;
            } finally {
                if (!over) {
                    threads.shutdownNow();
                }
            }
        }
        long end = System.nanoTime() + FOR_THE_REST.toNanos();
        while (!callers.allFinished() && System.nanoTime() < end) {
            collect();
        }
        collector.collect();
        tell();
        return report();
    }

    private void startCallers(ExecutorService threads, ReservedPort port) throws IOException {
        List<byte[]> small = read(PICTURES.resolve("fixtures"), "(7x9|90x60|99x101|200x200)\\.jpg|alpha\\.(png|webp)");
        List<byte[]> large = read(PICTURES, "(seeding|portrait|brushes)\\.jpg");
        List<byte[]> hostile = new ArrayList<>(read(HOSTILE.resolve("found"), ".*\\.(jpg|png|gif|bmp|tif|webp)"));
        hostile.addAll(read(HOSTILE.resolve("corpus"), ".*\\.(jpg|png|gif|bmp|tif|webp)"));
        repeat(threads, 2, () -> callers.callInTime(any(small)));
        repeat(threads, 1, () -> callers.call(any(large)));
        repeat(threads, 1, () -> callers.call(any(hostile)));
        repeat(threads, 6, () -> callLater(any(small)));
        repeat(threads, 1, () -> {
            callLater(any(large));
            Thread.sleep(200);
        });
        repeat(threads, 1, this::collect);
        repeat(threads, SLOW_CLIENTS, () -> SlowClient.connect(port.url()));
    }

    /** As callers do who wait for what they have asked for before they ask for more. */
    private void callLater(byte[] picture) throws InterruptedException {
        while (callers.acknowledged().size() - collector.seen() > MOST_OUTSTANDING && !over) {
            Thread.sleep(100);
        }
        callers.callLater(picture);
    }

    private void collect() throws InterruptedException {
        try {
            collector.collect();
        } catch (IOException e) {
            // The receiver was killed: the rest comes with the next time.
        }
        Thread.sleep(BETWEEN_COLLECTIONS);
    }

    private void repeat(ExecutorService threads, int times, Step step) {
        for (int i = 0; i < times; i++) {
            threads.submit(() -> {
                while (!over) {
                    step.run();
                }
                return null;
            });
        }
    }

    private static List<byte[]> read(Path folder, String names) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches(names))
                    .map(Soak::read)
                    .toList();
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] any(List<byte[]> files) {
        return files.get(random.nextInt(files.size()));
    }

    /**
     * Kills one of the two as soon as both have lived about as long as a start takes, fills the disk now and then, and
     * puts the clock forward and back.
     */
    private void torment(Duration time) throws IOException, InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        long nextFull = System.nanoTime() + BETWEEN_FULL_DISKS.toNanos() / 2;
        while (System.nanoTime() < end) {
            Thread.sleep(random.nextLong(2 * gateway.startTook().toMillis()));
            if (random.nextInt(4) == 0) {
                clock.jump(Duration.ofHours(random.nextInt(-24, 25)));
                clockJumps++;
            }
            if (disk.canBeFull() && System.nanoTime() > nextFull) {
                disk.fill();
                fullDisks++;
                Thread.sleep(FULL);
                disk.free();
                nextFull = System.nanoTime() + BETWEEN_FULL_DISKS.toNanos();
            } else {
                (random.nextInt(4) == 0 ? receiver : gateway).killAndStart();
            }
            tell();
        }
        clock.jump(Duration.ZERO);
    }

    private void watch(Duration time) throws IOException, InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        for (int i = 0; System.nanoTime() < end; i++) {
            gatewayWatched.look(gateway.pid());
            receiverWatched.look(receiver.pid());
            if (i % SECONDS_BETWEEN_LOOKS_INSIDE == 0) {
                gatewayWatched.lookInside(gateway.pid());
                receiverWatched.lookInside(receiver.pid());
                tell();
            }
            Thread.sleep(1000);
        }
    }

    private void tell() {
        System.err.printf(
                "%d calls answered, %d not, %d acknowledged, %d kills%n",
                callers.answered(),
                callers.unanswered(),
                callers.acknowledged().size(),
                gateway.kills() + receiver.kills());
    }

    private boolean report() {
        long lost =
                callers.acknowledged().stream().filter(id -> !collector.has(id)).count();
        int twice = collector.twice();
        System.out.printf("calls answered           %d, by status %s%n", callers.answered(), callers.statuses());
        System.out.printf("calls without an answer  %d, since the gateway was killed%n", callers.unanswered());
        System.out.printf(
                "kills                    %d of the gateway, %d of the receiver%n", gateway.kills(), receiver.kills());
        System.out.printf(
                "full disks               %s%n", disk.canBeFull() ? fullDisks : "none: only root may mount one");
        System.out.printf(
                "clock jumps              %s%n", WallClock.isInstalled() ? clockJumps : "none: " + WallClock.MISSING);
        System.out.printf(
                "acknowledged             %d%n", callers.acknowledged().size());
        System.out.printf("lost                     %d%n", lost);
        System.out.printf("stored twice             %d%n", twice);
        System.out.printf("small call at most       %d ms%n", callers.longest().toMillis());
        report("gateway", gatewayWatched);
        report("receiver", receiverWatched);
        return lost == 0 && twice == 0 && !callers.statuses().containsKey(500);
    }

    private static void report(String service, Watched watched) {
        System.out.printf("%s, second half%n", service);
        System.out.printf("  resident               %s%n", watched.residentMemory());
        System.out.printf("  live after collection  %s%n", watched.liveHeap());
        System.out.printf("  descriptors            %s%n", watched.openDescriptors());
    }
}
