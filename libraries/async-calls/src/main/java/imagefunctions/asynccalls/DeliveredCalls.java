package imagefunctions.asynccalls;

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

/** The last calls that were delivered, in memory and in a file for the next start; neither grows without bound. */
final class DeliveredCalls {
    private final Path file;
    private final int most;
    private final Duration kept;
    private final Map<String, CallState> calls = new LinkedHashMap<>();
    private int lines;

    DeliveredCalls(Path file, SpoolSettings settings) throws IOException {
        this.file = file;
        this.most = settings.maxDelivered();
        this.kept = settings.deliveredFor();
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                parse(line).ifPresent(state -> calls.put(state.id(), state));
            }
        }
        forgetOld();
        rewrite();
    }

    synchronized void add(CallState state) throws IOException {
        calls.remove(state.id());
        calls.put(state.id(), state);
        forgetOld();
        if (++lines > 2 * most) {
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
        Instant oldest = Instant.now().minus(kept);
        Iterator<CallState> eldestFirst = calls.values().iterator();
        while (eldestFirst.hasNext()) {
            CallState state = eldestFirst.next();
            if (calls.size() <= most && state.finished().orElseThrow().isAfter(oldest)) {
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
