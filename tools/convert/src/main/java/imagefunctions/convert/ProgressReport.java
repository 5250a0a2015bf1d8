package imagefunctions.convert;

import java.io.Console;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** Shows the progress, as a bar on a terminal and as a line for each picture elsewhere, and sums up. */
final class ProgressReport implements AutoCloseable {
    private static final int NAMES_SHOWN = 10;

    /** How many were left out, and the first of their names. */
    private static final class Names {
        private final List<String> first = new ArrayList<>();
        private long count;

        void add(String name) {
            count++;
            if (first.size() < NAMES_SHOWN) {
                first.add(name);
            }
        }

        @Override
        public String toString() {
            String more = count > first.size() ? ", and " + (count - first.size()) + " more" : "";
            return String.join(", ", first) + more;
        }
    }

    private final Optional<FailureList> failures;
    private final Optional<ProgressBar> bar;
    private final Map<LeftOut.Kind, Names> leftOut = new EnumMap<>(LeftOut.Kind.class);
    private long converted;
    private long toConvert;
    private long skipped;
    private long failed;

    /** For a dry run. */
    ProgressReport() {
        this(Optional.empty(), Optional.empty());
    }

    private ProgressReport(Optional<FailureList> failures, Optional<ProgressBar> bar) {
        this.failures = failures;
        this.bar = bar;
    }

    static ProgressReport open(FailureList failures, Location source, Location target) throws IOException {
        boolean onTerminal =
                Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
        return new ProgressReport(
                Optional.of(failures), onTerminal ? Optional.of(bar(source, target)) : Optional.empty());
    }

    /** A bar has to know its length: the source is walked once more for it. */
    private static ProgressBar bar(Location source, Location target) throws IOException {
        AtomicLong count = new AtomicLong();
        source.walk(target, found -> {
            if (found instanceof Picture) {
                count.incrementAndGet();
            }
        });
        return new ProgressBarBuilder()
                .setTaskName("convert")
                .setUnit(" pictures", 1)
                .setInitialMax(count.get())
                .showSpeed()
                .build();
    }

    synchronized void converted(Picture picture, long bytes, String type) {
        converted++;
        report(picture, " " + picture.size() + " byte(s) -> " + bytes + " byte(s) of " + type);
    }

    synchronized void toConvert(Picture picture) {
        toConvert++;
        report(picture, " would be converted");
    }

    synchronized void skipped(Picture picture) {
        skipped++;
        report(picture, " is done already");
    }

    synchronized void leftOut(LeftOut found) {
        leftOut.computeIfAbsent(found.kind(), kind -> new Names()).add(found.shown());
        report(found, " is left out: " + found.kind());
    }

    synchronized void failed(Found what, String reason) {
        failed++;
        String line = reason.replaceAll("\\s+", " ").replaceAll("\\p{Cntrl}", "?");
        failures.ifPresent(list -> list.add(what, line));
        report(what, " failed: " + line);
    }

    synchronized long failed() {
        return failed;
    }

    /** Whether there was no picture at all, of those that could be seen. */
    synchronized boolean foundNothing() {
        return converted + toConvert + skipped + failed == 0;
    }

    private void report(Found what, String line) {
        if (bar.isEmpty()) {
            System.out.println(what.shown() + line);
        } else if (what instanceof Picture) {
            bar.get().step();
        }
    }

    @Override
    public synchronized void close() throws IOException {
        bar.ifPresent(ProgressBar::close);
        leftOut.forEach((kind, names) -> System.out.println(names.count + " left out, " + kind + ": " + names));
        System.out.println((failures.isPresent() ? converted + " converted, " : toConvert + " would be converted, ")
                + skipped + " skipped, " + failed + " failed");
        if (failures.isPresent()) {
            failures.get().close();
        }
    }
}
