package imagefunctions.asynccalls;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * What lies on disk, and every step that an item takes there. Each step is one rename or one delete, in an order that
 * never leaves a moment without the item.
 *
 * <pre>
 * in/                       bodies that are being written
 * calls/N/ID.call           calls whose function was tried N times
 * callbacks/N/ID.callback   results that were sent N times
 * dead/                     what was given up, each with its reason
 * delivered                 the last delivered calls
 * </pre>
 */
final class SpoolFolder implements AutoCloseable {
    static final String CALL = ".call";
    static final String CALLBACK = ".callback";

    final SpoolSettings settings;
    final DiskBudget budget;
    final DelayQueue calls;
    final DelayQueue callbacks;
    final DeadLetters dead;
    final DeliveredCalls delivered;
    final LongAdder deliveries = new LongAdder();
    final LongAdder deaths = new LongAdder();
    private final Path in;
    private final FileChannel lockFile;

    SpoolFolder(SpoolSettings settings) throws IOException {
        this.settings = settings;
        Path folder = Files.createDirectories(settings.folder());
        this.lockFile = lock(folder.resolve("lock"));
        this.in = Files.createDirectories(folder.resolve("in"));
        try (DirectoryStream<Path> neverAcknowledged = Files.newDirectoryStream(in)) {
            for (Path part : neverAcknowledged) {
                Files.delete(part);
            }
        }
        this.calls = new DelayQueue(folder.resolve("calls"), CALL, settings.call());
        this.callbacks = new DelayQueue(folder.resolve("callbacks"), CALLBACK, settings.callback());
        this.dead = new DeadLetters(folder.resolve("dead"), settings);
        this.delivered = new DeliveredCalls(folder.resolve("delivered"), settings);
        this.budget = new DiskBudget(settings);
        FolderSync.force(folder);
        budget.add(calls.bytesAtStart() + callbacks.bytesAtStart());
        finishInterrupted();
    }

    private static FileChannel lock(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return channel;
            }
        } catch (OverlappingFileLockException heldByThisProcess) {
            // the same answer as for another process
        }
        channel.close();
        throw new IOException(
                "The spool " + file.getParent() + " is in use: stop the process that uses it, or set another folder.");
    }

    /** A process that ended between keeping a result and forgetting its call left both: that call is done. */
    private void finishInterrupted() throws IOException {
        callbacks.forEachId(id -> {
            Optional<DelayQueue.Place> call = calls.find(id);
            Optional<DelayQueue.Place> callback = callbacks.find(id);
            if (call.isEmpty() || callback.isEmpty()) {
                return;
            }
            try {
                Callback result = EntryFile.readWhole(callback.get().file(), Callback.class)
                        .item();
                callResolved(calls.claim(id, call.get()), result.failure());
            } catch (CorruptEntryException e) {
                callbackDied(callbacks.claim(id, callback.get()), Optional.empty(), e.getMessage());
            }
        });
    }

    /** Begins to write an item; the room for its body is taken from the budget here. */
    SpoolWriter intake(QueueEntry item, OptionalLong bodyLength) throws IOException {
        byte[] head = EntryHead.encode(item);
        long body = bodyLength.orElse(settings.maxBody());
        if (body > settings.maxBody()) {
            throw new BodyTooLargeException(settings.maxBody());
        }
        long promised = EntryFile.size(head, body);
        DelayQueue lane =
                switch (item) {
                    case Call call -> {
                        budget.takeForCall(promised);
                        yield calls;
                    }
                    case Callback callback -> {
                        budget.takeForResult(promised);
                        yield callbacks;
                    }
                };
        try {
            Path part = in.resolve(lane.nameOf(item.id()));
            return new SpoolWriter(part, item.id(), head, bodyLength, settings.maxBody(), promised, budget, lane);
        } catch (IOException e) {
            budget.giveBack(promised);
            throw e;
        }
    }

    /** Takes out a call that nobody works on, and answers whether it was there to take. */
    boolean callCancelled(String id) throws IOException {
        Path out = in.resolve(id + ".cancelled");
        if (!calls.withdraw(id, out)) {
            return false;
        }
        budget.giveBack(Files.size(out));
        Files.delete(out);
        return true;
    }

    /** The call has its result on disk, or needs none; with a failure it stays as a dead letter. */
    void callResolved(DelayQueue.Claim claim, Optional<String> failure) throws IOException {
        if (failure.isPresent()) {
            bury(calls, claim, failure.get());
        } else {
            delete(calls, claim);
        }
    }

    void callSucceeded(DelayQueue.Claim claim, Call call, int status) throws IOException {
        delivered.add(CallState.delivered(call, claim.attempt(), status, Instant.now()));
        deliveries.increment();
        delete(calls, claim);
    }

    void callbackDelivered(DelayQueue.Claim claim, Callback callback) throws IOException {
        if (dead.find(claim.id() + CALL).isEmpty()) {
            delivered.add(CallState.delivered(callback, claim.attempt(), Instant.now()));
        }
        deliveries.increment();
        delete(callbacks, claim);
    }

    /** The notice of a failure needs no letter of its own: its call has one already. */
    void callbackDied(DelayQueue.Claim claim, Optional<Callback> callback, String reason) throws IOException {
        boolean notice = callback.flatMap(Callback::failure).isPresent();
        if (notice && dead.addReason(claim.id() + CALL, "The receiver was not told: " + reason)) {
            delete(callbacks, claim);
        } else {
            bury(callbacks, claim, reason);
        }
    }

    /** Has a dead letter tried again as if it were new. */
    void revive(String id, DeadLetters.Letter letter, DelayQueue lane) throws IOException {
        long size = Files.size(letter.file());
        budget.takeForCall(size);
        try {
            lane.add(id, letter.file());
        } catch (IOException e) {
            budget.giveBack(size);
            throw e;
        }
        dead.revived(lane.nameOf(id), size);
    }

    private void bury(DelayQueue lane, DelayQueue.Claim claim, String reason) throws IOException {
        long size = Files.size(claim.file());
        dead.bury(claim.file(), lane.nameOf(claim.id()), claim.attempt(), reason);
        deaths.increment();
        budget.giveBack(size);
        lane.gone(claim.id());
    }

    private void delete(DelayQueue lane, DelayQueue.Claim claim) throws IOException {
        long size = Files.size(claim.file());
        lane.delete(claim);
        budget.giveBack(size);
    }

    @Override
    public void close() throws IOException {
        calls.close();
        callbacks.close();
        lockFile.close();
    }
}
