package imagefunctions.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.util.Statistics;

/** Measures the engine's inner loops with JMH: {@code SAMPLES RESULT.md}. */
public final class LoopBenchmark {
    private static final double PIXELS = 1920 * 1080;

    private LoopBenchmark() {}

    public static void main(String[] args) throws RunnerException, IOException {
        OptionsBuilder options = new OptionsBuilder();
        options.include("imagefunctions\\.benchmarks\\.loops\\..*Loops");
        options.mode(Mode.AverageTime).timeUnit(TimeUnit.MICROSECONDS);
        options.forks(1).jvmArgs("-Dsamples=" + args[0], "-XX:+UseSerialGC");
        options.warmupIterations(4).warmupTime(TimeValue.seconds(1));
        options.measurementIterations(10).measurementTime(TimeValue.milliseconds(500));
        options.shouldFailOnError(true);
        StringBuilder text = new StringBuilder(introduction());
        for (RunResult result : new Runner(options.build()).run()) {
            Statistics micros = result.getPrimaryResult().getStatistics();
            String name = result.getParams().getBenchmark();
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %.0f | %.0f | %.2f |%n",
                    name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1),
                    micros.getMin(),
                    micros.getMean(),
                    micros.getMin() * 1000 / PIXELS));
        }
        Files.writeString(Path.of(args[1]), text);
        System.out.println(text);
    }

    private static String introduction() {
        return """
            # Inner loops

            Microseconds for a photo of 1920 x 1080 pixels, by JMH: of ten runs after warming up the fastest, which a busy
            machine changes least, and the mean; and nanoseconds a pixel in the fastest. Stuffing is taken out of, and
            blocks are found in, all of its 4:2:0 scan; the other loops work on its luma. A transform "down" is one
            direction of two. `./run bench loops` writes this page.

            - %s

            | loop | fastest, µs | mean, µs | ns a pixel |
            |---|---|---|---|
            """.formatted(Machine.description());
    }
}
