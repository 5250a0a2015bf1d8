package imagefunctions.asynccalls;

import static java.nio.charset.StandardCharsets.UTF_8;

import imagefunctions.asynccalls.delivery.DeliveryWorkers;
import imagefunctions.asynccalls.delivery.FunctionAnswer;
import imagefunctions.asynccalls.delivery.WorkerSettings;
import imagefunctions.asynccalls.store.Spool;
import imagefunctions.asynccalls.store.SpoolSettings;
import imagefunctions.egress.EgressPolicy;
import imagefunctions.egress.EgressTimeouts;
import imagefunctions.egress.GuardedClient;
import imagefunctions.retry.RetryPolicy;
import imagefunctions.traces.Traces;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * A process with a spool and workers, to be killed: {@code FOLDER RECEIVER ACKNOWLEDGED SENDERS CALLS SIZE}. It sends
 * calls to itself, writes the id of each that was acknowledged to a file, and goes on until it is killed.
 */
final class SpoolProcess {
    private final Spool spool;
    private final String receiver;
    private final Path acknowledged;

    private SpoolProcess(Spool spool, String receiver, Path acknowledged) {
        this.spool = spool;
        this.receiver = receiver;
        this.acknowledged = acknowledged;
    }

    public static void main(String[] args) throws Exception {
        RetryPolicy retry = Rig.retry(8, Duration.ofMillis(10), Duration.ofMillis(500));
        SpoolSettings settings = new SpoolSettings(
                Path.of(args[0]),
                1 << 20,
                new QueueLimits(4L << 30, 100_000, 64 << 20, 100, 1 << 30, 10_000, Duration.ofHours(1), retry, retry),
                Rig.ONE_QUEUE);
        Spool spool = Spool.open(settings);
        GuardedClient client = new GuardedClient(EgressPolicy.local(), EgressTimeouts.DEFAULTS);
        DeliveryWorkers.start(
                spool,
                SpoolProcess::function,
                client,
                new WorkerSettings(Map.of(QueueNames.DEFAULT, 4), 4, Optional.empty()),
                Traces.NONE);
        SpoolProcess process = new SpoolProcess(spool, args[1], Path.of(args[2]));
        int calls = Integer.parseInt(args[4]);
        int size = Integer.parseInt(args[5]);
        List<Thread> senders = new ArrayList<>();
        for (int i = 0; i < Integer.parseInt(args[3]); i++) {
            senders.add(Thread.ofVirtual().start(() -> process.send(calls, size)));
        }
        for (Thread sender : senders) {
            sender.join();
        }
        System.out.println("sent");
        Thread.sleep(Duration.ofHours(1));
    }

    private void send(int calls, int size) {
        Random random = new Random();
        byte[] piece = new byte[16 << 10];
        try {
            for (int i = 0; i < calls; i++) {
                String id = UUID.randomUUID().toString();
                long seed = random.nextLong();
                int length = size / 2 + random.nextInt(size / 2);
                List<Header> headers = List.of(
                        new Header("X-Callback-Url", receiver), new Header("Checksum", checksum(seed, length, piece)));
                Call call = new Call(id, "echo", "", "", headers, Instant.now());
                try (EntryWriter writer =
                        spool.accept(call, i % 2 == 0 ? OptionalLong.of(length) : OptionalLong.empty())) {
                    Random body = new Random(seed);
                    for (int rest = length; rest > 0; rest -= piece.length) {
                        body.nextBytes(piece);
                        writer.write(piece, 0, Math.min(rest, piece.length));
                    }
                    writer.commit();
                }
                acknowledge(id);
            }
        } catch (QueueFullException e) {
            System.out.println("full");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String checksum(long seed, int length, byte[] piece) {
        CRC32C checksum = new CRC32C();
        Random body = new Random(seed);
        for (int rest = length; rest > 0; rest -= piece.length) {
            body.nextBytes(piece);
            checksum.update(piece, 0, Math.min(rest, piece.length));
        }
        return Long.toString(checksum.getValue());
    }

    private synchronized void acknowledge(String id) throws IOException {
        Files.write(acknowledged, (id + "\n").getBytes(UTF_8), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Answers whether the body is what was sent; a poisonous one ends the process. */
    private static FunctionAnswer function(Call call, Body body) throws IOException {
        if (call.function().equals("poison")) {
            Runtime.getRuntime().halt(1);
        }
        CRC32C checksum = new CRC32C();
        byte[] piece = new byte[16 << 10];
        try (InputStream in = body.open()) {
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                checksum.update(piece, 0, n);
            }
        }
        boolean whole = call.headers().contains(new Header("Checksum", Long.toString(checksum.getValue())));
        return FunctionAnswer.of(whole ? 200 : 422, List.of(), (whole ? "whole" : "altered").getBytes(UTF_8));
    }
}
