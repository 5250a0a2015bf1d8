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

/** Measures the engine's inner loops with JMH: {@code SAMPLES RESULT.md [NAME]}. */
public final class LoopBenchmark {
    private static final double PIXELS = 1920 * 1080;

    private LoopBenchmark() {}

    public static void main(String[] args) throws RunnerException, IOException {
        OptionsBuilder options = new OptionsBuilder();
        options.include(args.length > 2 ? args[2] : "imagefunctions\\.imaging\\.jpeg\\..*Loops");
        options.mode(Mode.AverageTime).timeUnit(TimeUnit.MICROSECONDS);
        options.forks(1).jvmArgs("-Dsamples=" + args[0], "-XX:+UseSerialGC");
        options.warmupIterations(5).warmupTime(TimeValue.seconds(1));
        options.measurementIterations(5).measurementTime(TimeValue.seconds(1));
        options.shouldFailOnError(true);
        StringBuilder text = new StringBuilder("# Inner loops\n\n");
        text.append(
                        "Microseconds for a photo of 1920 x 1080 pixels, luma alone but for stuffing and finding blocks, by\n")
                .append(
                        "JMH: means of five seconds after warming up, with the half-width of their 99.9 % interval, and\n")
                .append("nanoseconds a pixel. `./run bench loops` writes this page.\n\n- ")
                .append(Machine.description())
                .append("\n\n| loop | µs | ± | ns a pixel |\n|---|---|---|---|\n");
        for (RunResult result : new Runner(options.build()).run()) {
            double micros = result.getPrimaryResult().getScore();
            String name = result.getParams().getBenchmark();
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %.0f | %.0f | %.2f |%n",
                    name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1),
                    micros,
                    result.getPrimaryResult().getScoreError(),
                    micros * 1000 / PIXELS));
        }
        Files.writeString(Path.of(args[1]), text);
        System.out.println(text);
    }
}
