package imagefunctions.fuzz;

import imagefunctions.fuzz.Fuzzer.Sample;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Fuzzes for a time: {@code Fuzz SECONDS FINDINGS CORPUS SEEDS... [keep]}, all but the first and last being folders. A
 * file that makes the code do what it must not is put into the first and ends the run with status 1. With {@code keep},
 * the smallest files that together pass every place that the run has come to replace those of the corpus.
 */
public final class Fuzz {
    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final Duration BETWEEN_REPORTS = Duration.ofSeconds(10);
    private static final int RUNS_BETWEEN_LOOKS = 256;

    private Fuzz() {}

    public static void main(String[] args) throws IOException {
        boolean keep = args[args.length - 1].equals("keep");
        long seed = Long.getLong("fuzz.seed", System.nanoTime());
        Path findings = Path.of(args[1]);
        Fuzzer fuzzer = new Fuzzer(seed);
        for (String folder : List.of(args).subList(2, args.length - (keep ? 1 : 0))) {
            Samples.read(Path.of(folder)).forEach(fuzzer::add);
        }
        System.out.println("seed " + seed + ", " + fuzzer.corpus().size() + " files to begin with");
        watch(fuzzer, findings);
        run(fuzzer, Duration.ofSeconds(Long.parseLong(args[0])), findings);
        System.out.println(fuzzer.summary());
        if (keep) {
            Samples.replace(Path.of(args[2]), fuzzer.smallest());
        }
        System.exit(fuzzer.findings().isEmpty() ? 0 : 1);
    }

    private static void run(Fuzzer fuzzer, Duration time, Path findings) throws IOException {
        Set<String> known = new HashSet<>();
        long start = System.nanoTime();
        long report = start;
        while (System.nanoTime() - start < time.toNanos()) {
            for (int i = 0; i < RUNS_BETWEEN_LOOKS; i++) {
                fuzzer.mutateOnce();
            }
            for (Map.Entry<String, Sample> finding : fuzzer.findings().entrySet()) {
                if (known.add(finding.getKey())) {
                    System.err.println(finding.getKey() + ": kept as " + Samples.write(findings, finding.getValue()));
                }
            }
            if (System.nanoTime() - report > BETWEEN_REPORTS.toNanos()) {
                report = System.nanoTime();
                System.out.println(perSecond(fuzzer, report - start) + " a second; " + fuzzer.summary());
            }
        }
        System.out.println(perSecond(fuzzer, System.nanoTime() - start) + " files a second");
    }

    private static long perSecond(Fuzzer fuzzer, long nanos) {
        return Math.round(fuzzer.runs() * 1e9 / nanos);
    }

    /** Ends the process if a file takes too long: a hang cannot be caught otherwise. */
    private static void watch(Fuzzer fuzzer, Path findings) {
        Thread.ofPlatform().daemon().start(() -> {
            while (true) {
                try {
                    Thread.sleep(100);
                    Optional<Sample> endless = fuzzer.longerThan(LONGEST.toNanos());
                    if (endless.isPresent()) {
                        System.err.println("no end after %d s of CPU: kept as %s"
                                .formatted(LONGEST.toSeconds(), Samples.write(findings, endless.get())));
                        Runtime.getRuntime().halt(1);
                    }
                } catch (InterruptedException e) {
                    return;
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        });
    }
}
