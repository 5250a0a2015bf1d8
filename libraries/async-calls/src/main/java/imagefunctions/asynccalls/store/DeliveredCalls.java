package imagefunctions.asynccalls.store;

import imagefunctions.asynccalls.Call;
import imagefunctions.asynccalls.CallState;
import imagefunctions.asynccalls.Callback;
import imagefunctions.asynccalls.Phase;
import imagefunctions.asynccalls.QueueEntry;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The last calls that were delivered, in memory and in a file for the next start; both are bounded. */
final class DeliveredCalls {
    private final Path file;
    private final int maxCount;
    private final Duration keptFor;
    private final Map<String, CallState> calls = new LinkedHashMap<>();
    private int lines;

    DeliveredCalls(Path file, SpoolSettings settings) throws IOException {
        this.file = file;
        this.maxCount = settings.maxDelivered();
        this.keptFor = settings.deliveredFor();
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                parse(line).ifPresent(state -> calls.put(state.id(), state));
            }
        }
        forgetOld();
        rewrite();
    }

    /** Keeps a call without a receiver, whose function succeeded with this status. */
    void add(Call call, int attempts, int status) throws IOException {
        add(call, attempts, status, 0);
    }

    /** Keeps a call whose receiver has the result. */
    void add(Callback callback, int callbackAttempts) throws IOException {
        add(callback, callback.attempts(), callback.status(), callbackAttempts);
    }

    private void add(QueueEntry entry, int attempts, int status, int callbackAttempts) throws IOException {
        add(new CallState(
                entry.id(),
                Phase.DELIVERED,
                entry.function(),
                Optional.of(entry.accepted()),
                attempts,
                Optional.of(status),
                callbackAttempts,
                Optional.empty(),
                Optional.of(Instant.now()),
                Optional.empty()));
    }

    private synchronized void add(CallState state) throws IOException {
        calls.remove(state.id());
        calls.put(state.id(), state);
        forgetOld();
        if (++lines > 2 * maxCount) {
            rewrite();
        } else {
            // Not forced to disk: after a power cut a call may be unknown here, which loses nobody's result.
            Files.writeString(file, line(state) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
    }

    synchronized Optional<CallState> find(String id) {
        forgetOld();
        return Optional.ofNullable(calls.get(id));
    }

    synchronized List<String> ids() {
        forgetOld();
        return new ArrayList<>(calls.keySet());
    }

    private void forgetOld() {
        Instant oldest = Instant.now().minus(keptFor);
        Iterator<CallState> eldestFirst = calls.values().iterator();
        while (eldestFirst.hasNext()) {
            CallState state = eldestFirst.next();
            if (calls.size() <= maxCount && state.finished().orElseThrow().isAfter(oldest)) {
                return;
            }
            eldestFirst.remove();
        }
    }

    private void rewrite() throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try (BufferedWriter out = Files.newBufferedWriter(fresh)) {
            for (CallState state : calls.values()) {
                out.write(line(state));
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
