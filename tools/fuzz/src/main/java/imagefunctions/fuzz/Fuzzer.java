package imagefunctions.fuzz;

import imagefunctions.imagetype.ImageType;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Feeds a target damaged files, and damages further what brought it somewhere new. */
final class Fuzzer {
    /** One in this many is fed to one of the target's slow choices. */
    private static final int RARELY = 40;

    private final Coverage coverage = new Coverage();
    private final Target target = coverage.load(Pictures.class);
    private final Map<ImageType, List<Sample>> corpus = new EnumMap<>(ImageType.class);
    private final Map<String, Sample> findings = new LinkedHashMap<>();
    private final Random random;
    private final Mutator mutator;
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private volatile Optional<Running> running = Optional.empty();
    private final Map<ImageType, Long> runs = new EnumMap<>(ImageType.class);
    private long done;
    private long longest;

    /**
     * A file, and what was done with it.
     *
     * @param format what it is, or was before it was damaged
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Sample(ImageType format, byte[] file, int choice) {}

    /** What is being fed, by which thread, and the nanoseconds of CPU that the thread had used before. */
    private record Running(Sample sample, long thread, long cpu) {}

    Fuzzer(long seed) {
        random = new Random(seed);
        mutator = new Mutator(random);
    }

    /** Takes a file into the corpus. */
    void add(Sample sample) {
        feed(sample);
        coverage.sawNew();
        keep(sample);
    }

    private void keep(Sample sample) {
        corpus.computeIfAbsent(sample.format(), format -> new ArrayList<>()).add(sample);
    }

    void mutateOnce() {
        List<ImageType> formats = List.copyOf(corpus.keySet());
        List<Sample> parents = corpus.getOrDefault(formats.get(random.nextInt(formats.size())), List.of());
        Sample parent = pick(parents);
        byte[] file =
                mutator.mutate(parent.format(), parent.file(), pick(parents).file());
        Sample mutant = new Sample(parent.format(), file, choice(file, parent));
        runs.merge(parent.format(), 1L, Long::sum);
        done += feed(mutant) ? 1 : 0;
        if (coverage.sawNew()) {
            keep(mutant);
        }
    }

    /** Often what was done with the parent, rarely something slow. */
    private int choice(byte[] file, Sample parent) {
        int slow = target.slow(file);
        int quick = target.choices(file) - slow;
        if (random.nextInt(RARELY) == 0) {
            return quick + random.nextInt(slow);
        }
        return random.nextBoolean() && parent.choice() < quick ? parent.choice() : random.nextInt(quick);
    }

    /** The shorter of two, since it is fed the faster. */
    private Sample pick(List<Sample> samples) {
        Sample one = samples.get(random.nextInt(samples.size()));
        Sample two = samples.get(random.nextInt(samples.size()));
        return one.file().length < two.file().length ? one : two;
    }

    private boolean feed(Sample sample) {
        long before = threads.getCurrentThreadCpuTime();
        running = Optional.of(new Running(sample, Thread.currentThread().threadId(), before));
        try {
            return target.feed(sample.file(), sample.choice() % target.choices(sample.file()));
        } catch (FindingException e) {
            findings.putIfAbsent(location(e), sample);
            return false;
        } finally {
            running = Optional.empty();
            longest = Math.max(longest, threads.getCurrentThreadCpuTime() - before);
        }
    }

    /** Where in the code it happened: findings at one location count as one. */
    private static String location(FindingException finding) {
        Throwable cause = finding.getCause();
        if (cause == null) {
            return String.valueOf(finding.getMessage()).replaceAll("[0-9]+|for .*", "");
        }
        return cause.getStackTrace().length == 0
                ? cause.toString()
                : cause.getClass().getSimpleName() + " at " + cause.getStackTrace()[0];
    }

    /** The smallest files first, those that pass a place that none before them passes. */
    List<Sample> smallest() {
        List<Sample> smallest = new ArrayList<>();
        BitSet passed = new BitSet();
        coverage.passed();
        for (Sample sample : corpus().stream()
                .sorted(Comparator.comparingInt(sample -> sample.file().length))
                .toList()) {
            feed(sample);
            BitSet own = coverage.passed();
            own.andNot(passed);
            if (!own.isEmpty()) {
                passed.or(own);
                smallest.add(sample);
            }
        }
        return smallest;
    }

    /** What is being fed, if it has taken more CPU time than this many nanoseconds. */
    Optional<Sample> longerThan(long nanos) {
        return running.filter(fed -> threads.getThreadCpuTime(fed.thread()) - fed.cpu() > nanos)
                .map(Running::sample);
    }

    Map<String, Sample> findings() {
        return findings;
    }

    List<Sample> corpus() {
        return corpus.values().stream().flatMap(List::stream).toList();
    }

    long runs() {
        return runs.values().stream().mapToLong(Long::longValue).sum();
    }

    String summary() {
        return "%d files %s, of which %d became pictures, in %d ms of CPU at most; %d of %d places passed, %d files in the corpus; %d finding(s)"
                .formatted(
                        runs(),
                        runs,
                        done,
                        longest / 1_000_000,
                        coverage.seen(),
                        coverage.places(),
                        corpus().size(),
                        findings.size());
    }
}
