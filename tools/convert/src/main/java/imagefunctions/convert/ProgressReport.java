package imagefunctions.convert;

import java.io.Console;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;

/** Shows the progress, as a bar on a terminal and as a line for each picture elsewhere, and lists what failed. */
final class ProgressReport implements AutoCloseable {
    private final Path failures;
    private final @Nullable ProgressBar bar;
    private final AtomicLong converted = new AtomicLong();
    private final AtomicLong skipped = new AtomicLong();
    private long failed;
    private @Nullable Writer list;

    private ProgressReport(Path failures, @Nullable ProgressBar bar) {
        this.failures = failures;
        this.bar = bar;
    }

    static ProgressReport open(Path failures, Location source) throws IOException, InterruptedException {
        Files.deleteIfExists(failures);
        return new ProgressReport(failures, isTerminal() ? bar(source) : null);
    }

    private static boolean isTerminal() {
        return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    }

    /** A bar has to know its length: the source is walked once more for it. */
    private static ProgressBar bar(Location source) throws IOException, InterruptedException {
        AtomicLong count = new AtomicLong();
        source.walk(picture -> count.incrementAndGet());
        return new ProgressBarBuilder()
                .setTaskName("convert")
                .setUnit(" pictures", 1)
                .setInitialMax(count.get())
                .showSpeed()
                .build();
    }

    void converted(Picture picture, long bytes) {
        converted.incrementAndGet();
        report(picture.shown() + " " + picture.size() + " byte(s) -> " + bytes + " byte(s)");
    }

    void skipped(Picture picture) {
        skipped.incrementAndGet();
        report(picture.shown() + " is done already");
    }

    synchronized void failed(Picture picture, String reason) {
        failed++;
        try {
            Writer open = list == null ? Files.newBufferedWriter(failures) : list;
            list = open;
            open.write(picture.shown() + "\t" + reason.replaceAll("\\s+", " ") + "\n");
            open.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("The list of failures cannot be written: " + e.getMessage(), e);
        }
        report(picture.shown() + " failed: " + reason);
    }

    synchronized long failed() {
        return failed;
    }

    private void report(String line) {
        if (bar == null) {
            System.out.println(line);
        } else {
            bar.step();
        }
    }

    @Override
    public synchronized void close() throws IOException {
        if (bar != null) {
            bar.close();
        }
        System.out.println(converted + " converted, " + skipped + " skipped, " + failed + " failed");
        if (list != null) {
            list.close();
            System.out.println("The failures and their reasons are in " + failures);
        }
    }
}
