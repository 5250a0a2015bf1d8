package imagefunctions.fuzz;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Feeds a target damaged files, and damages further what brought it somewhere new. */
final class Fuzzer {
    /** One in this many is fed to the target's rarer choices, which are slower. */
    private static final int RARELY = 40;

    private static final int RARE_CHOICES = 8;

    private final Coverage coverage = new Coverage();
    private final Target target = coverage.load(Edits.class);
    private final List<Sample> corpus = new ArrayList<>();
    private final Map<String, Sample> findings = new LinkedHashMap<>();
    private final Random random;
    private final Mutator mutator;
    private volatile Sample current = new Sample(new byte[0], 0);
    private volatile long since = Long.MAX_VALUE;
    private long runs;
    private long edited;

    /** A file, and what was done with it. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Sample(byte[] file, int choice) {}

    Fuzzer(long seed) {
        random = new Random(seed);
        mutator = new Mutator(random);
    }

    /** Takes a file into the corpus. */
    void add(Sample sample) {
        feed(sample);
        coverage.sawNew();
        corpus.add(sample);
    }

    void mutateOnce() {
        Sample parent = pick();
        byte[] other = pick().file();
        int common = target.choices() - RARE_CHOICES;
        int choice = random.nextInt(RARELY) == 0
                ? common + random.nextInt(RARE_CHOICES)
                : random.nextBoolean() && parent.choice() < common ? parent.choice() : random.nextInt(common);
        Sample mutant = new Sample(mutator.mutate(parent.file(), other), choice);
        runs++;
        edited += feed(mutant) ? 1 : 0;
        if (coverage.sawNew()) {
            corpus.add(mutant);
        }
    }

    /** The shorter of two, since it is fed the faster. */
    private Sample pick() {
        Sample one = corpus.get(random.nextInt(corpus.size()));
        Sample two = corpus.get(random.nextInt(corpus.size()));
        return one.file().length < two.file().length ? one : two;
    }

    private boolean feed(Sample sample) {
        current = sample;
        since = System.nanoTime();
        try {
            return target.feed(sample.file(), sample.choice() % target.choices());
        } catch (FindingException e) {
            findings.putIfAbsent(location(e), sample);
            return false;
        } finally {
            since = Long.MAX_VALUE;
        }
    }

    /** Where in the code it happened: findings at one location count as one. */
    private static String location(FindingException finding) {
        Throwable cause = finding.getCause();
        return cause == null || cause.getStackTrace().length == 0
                ? String.valueOf(finding.getMessage()).replaceAll("[0-9]+|for .*", "")
                : cause.getClass().getSimpleName() + " at " + cause.getStackTrace()[0];
    }

    /** The smallest files first, those that pass a place that none before them passes. */
    List<Sample> smallest() {
        List<Sample> smallest = new ArrayList<>();
        BitSet passed = new BitSet();
        coverage.passed();
        for (Sample sample : corpus.stream()
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

    /** What is being fed, if it has been for longer than this many nanoseconds. */
    List<Sample> longerThan(long nanos) {
        long started = since;
        return (started != Long.MAX_VALUE && System.nanoTime() - started > nanos) ? List.of(current) : List.of();
    }

    Map<String, Sample> findings() {
        return findings;
    }

    List<Sample> corpus() {
        return corpus;
    }

    long runs() {
        return runs;
    }

    String summary() {
        return "%d mutations, %d edited, the others refused; %d of %d places passed, %d files in the corpus; %d finding(s)"
                .formatted(runs, edited, coverage.seen(), coverage.places(), corpus.size(), findings.size());
    }
}
