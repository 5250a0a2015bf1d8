package imagefunctions.asynccalls.store;

import imagefunctions.asynccalls.Call;
import imagefunctions.asynccalls.CallState;
import imagefunctions.asynccalls.Callback;
import imagefunctions.asynccalls.Phase;
import imagefunctions.asynccalls.QueueEntry;
import imagefunctions.reasons.Reason;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The last calls that were delivered, in memory and in a file for the next start; both are bounded. */
final class DeliveredCalls {
    private static final System.Logger LOG = System.getLogger(DeliveredCalls.class.getName());

    /**
     * A call that is remembered.
     *
     * @param until when, by the clock that nobody sets
     */
    private record Remembered(CallState state, long until) {}

    private final Path file;
    private final int maxCount;
    private final Duration keptFor;
    private final InstantSource clock;
    private final Map<String, Remembered> calls = new LinkedHashMap<>();
    private int lines;
    private boolean writable = true;

    DeliveredCalls(Path file, SpoolSettings settings, InstantSource clock) throws IOException {
        this.file = file;
        this.maxCount = settings.limits().maxDelivered();
        this.keptFor = settings.limits().deliveredFor();
        this.clock = clock;
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                parse(line).ifPresent(this::remember);
            }
        }
        forgetOld();
        keep(this::rewrite);
    }

    /** Remembers a call without a receiver, whose function succeeded with this status. */
    void remember(Call call, int attempts, int status) {
        remember(call, attempts, status, 0);
    }

    /** Remembers a call whose receiver has the result. */
    void remember(Callback callback, int callbackAttempts) {
        remember(callback, callback.attempts(), callback.status(), callbackAttempts);
    }

    private void remember(QueueEntry entry, int attempts, int status, int callbackAttempts) {
        remember(new CallState(
                entry.id(),
                Phase.DELIVERED,
                entry.function(),
                Optional.of(entry.accepted()),
                attempts,
                Optional.of(status),
                callbackAttempts,
                Optional.empty(),
                Optional.of(clock.instant()),
                Optional.empty()));
    }

    private synchronized void remember(CallState state) {
        // After the clock was put back a call may seem to be of the future: it is new.
        Duration age = Duration.between(state.finished().orElseThrow(), clock.instant());
        Duration left = age.isNegative() ? keptFor : keptFor.minus(age);
        calls.remove(state.id());
        calls.put(state.id(), new Remembered(state, System.nanoTime() + left.toNanos()));
        forgetOld();
    }

    /**
     * Writes a call that is remembered for the next start, if the disk takes it. It is not forced there: after a power
     * cut a call may be unknown here, which loses nobody's result.
     */
    synchronized void write(String id) {
        Remembered call = calls.get(id);
        if (call == null) {
            return;
        }
        keep(() -> {
            if (!writable || lines > 2 * maxCount) {
                rewrite();
            } else {
                String line = line(call.state()) + "\n";
                Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                lines++;
            }
        });
    }

    private interface Writing {
        void run() throws IOException;
    }

    /** After a failure, which may have left half a line, the whole file is written again. */
    private void keep(Writing writing) {
        try {
            writing.run();
            writable = true;
        } catch (IOException e) {
            if (writable) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "Delivered calls are not written to {0} until that is possible again: {1}",
                        file,
                        Reason.of(e));
            }
            writable = false;
        }
    }

    synchronized Optional<CallState> find(String id) {
        forgetOld();
        return Optional.ofNullable(calls.get(id)).map(Remembered::state);
    }

    synchronized List<String> ids() {
        forgetOld();
        return new ArrayList<>(calls.keySet());
    }

    private void forgetOld() {
        long now = System.nanoTime();
        Iterator<Remembered> eldestFirst = calls.values().iterator();
        while (eldestFirst.hasNext()) {
            Remembered call = eldestFirst.next();
            if (calls.size() <= maxCount && call.until() - now > 0) {
                return;
            }
            eldestFirst.remove();
        }
    }

    private void rewrite() throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try (BufferedWriter out = Files.newBufferedWriter(fresh)) {
            for (Remembered call : calls.values()) {
                out.write(line(call.state()));
                out.write('\n');
            }
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        lines = calls.size();
    }

    private static String line(CallState state) {
        return String.join(
                "\t",
                state.id(),
                state.function(),
                state.accepted().orElseThrow().toString(),
                state.finished().orElseThrow().toString(),
                Integer.toString(state.functionAttempts()),
                Integer.toString(state.functionStatus().orElseThrow()),
                Integer.toString(state.callbackAttempts()));
    }

    /** The last line may be cut off by the end of the process. */
    private static Optional<CallState> parse(String line) {
        List<String> f = List.of(line.split("\t", -1));
        try {
            return Optional.of(new CallState(
                    f.get(0),
                    Phase.DELIVERED,
                    f.get(1),
                    Optional.of(Instant.parse(f.get(2))),
                    Integer.parseInt(f.get(4)),
                    Optional.of(Integer.parseInt(f.get(5))),
                    Integer.parseInt(f.get(6)),
                    Optional.empty(),
                    Optional.of(Instant.parse(f.get(3))),
                    Optional.empty()));
        } catch (RuntimeException cutOff) {
            return Optional.empty();
        }
    }
}
