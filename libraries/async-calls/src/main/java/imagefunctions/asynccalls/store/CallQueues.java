package imagefunctions.asynccalls.store;

import imagefunctions.asynccalls.Call;
import imagefunctions.asynccalls.QueueNames;
import imagefunctions.folders.PrivateFolder;
import imagefunctions.retry.RetryPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** The calls that wait for their functions, in the queues that these are put on. */
final class CallQueues {
    static final String SUFFIX = ".call";

    private final QueueNames names;
    private final Map<String, DelayQueue<Call>> queues = new TreeMap<>();

    /** Opens them; what waits in one that is not named any more goes to the default one. */
    CallQueues(Path root, QueueNames names, RetryPolicy retry, InstantSource clock) throws IOException {
        this.names = names;
        Path usual = root.resolve("calls");
        Path others = PrivateFolder.make(root.resolve("queues"));
        try (Stream<Path> folders = Files.list(others)) {
            for (Path folder : folders.toList()) {
                if (!names.all().contains(folder.getFileName().toString())) {
                    gather(folder, usual);
                }
            }
        }
        for (String name : names.all()) {
            Path folder = name.equals(QueueNames.DEFAULT) ? usual : others.resolve(name);
            queues.put(name, new DelayQueue<>(folder, SUFFIX, Call.class, retry, clock));
        }
    }

    private static void gather(Path from, Path to) throws IOException {
        try (Stream<Path> attempts = Files.list(from)) {
            for (Path attempt : attempts.toList()) {
                Path target = to.resolve(attempt.getFileName());
                PrivateFolder.make(to);
                PrivateFolder.make(target);
                try (Stream<Path> files = Files.list(attempt)) {
                    for (Path file : files.toList()) {
                        Files.move(file, target.resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
                    }
                }
                Files.delete(attempt);
            }
        }
        Files.delete(from);
    }

    static String nameOf(String id) {
        return id + SUFFIX;
    }

    DelayQueue<Call> of(String function) {
        return named(names.of(function));
    }

    DelayQueue<Call> named(String queue) {
        return Objects.requireNonNull(queues.get(queue), queue);
    }

    Collection<DelayQueue<Call>> all() {
        return queues.values();
    }

    /** The queue that an entry is in. */
    Optional<DelayQueue<Call>> holding(String id) throws IOException {
        for (DelayQueue<Call> queue : all()) {
            if (queue.find(id).isPresent()) {
                return Optional.of(queue);
            }
        }
        return Optional.empty();
    }

    int count() {
        return (int) sum(DelayQueue::count);
    }

    int claimedCount() {
        return (int) sum(DelayQueue::claimedCount);
    }

    long attempts() {
        return sum(DelayQueue::attempts);
    }

    long bytesAtStart() {
        return sum(DelayQueue::bytesAtStart);
    }

    private long sum(ToLongFunction<DelayQueue<Call>> figure) {
        return all().stream().mapToLong(figure).sum();
    }

    /** How long the first entry of any queue that no worker holds has been due. */
    Duration overdue() {
        return all().stream().map(DelayQueue::overdue).max(Duration::compareTo).orElse(Duration.ZERO);
    }

    void close() {
        all().forEach(DelayQueue::close);
    }
}
