package imagefunctions.benchmarks;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A peer in a process of its own, which stays up and measures its own CPU time; see peers/protocol.py. */
final class ProcessPeer implements Competitor {
    private final Process process;
    private final BufferedReader in;
    private final BufferedWriter out;
    private final String name;

    private ProcessPeer(Process process, BufferedReader in, String name) {
        this.process = process;
        this.in = in;
        this.out = process.outputWriter(StandardCharsets.UTF_8);
        this.name = name;
    }

    /** Starts a peer, or says on the console what is missing. */
    static Optional<ProcessPeer> start(List<String> command, Map<String, String> environment) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().putAll(environment);
            Process process = builder.start();
            BufferedReader in = process.inputReader(StandardCharsets.UTF_8);
            String name = in.readLine();
            if (name == null || name.startsWith("missing")) {
                System.err.println("skipped, " + (name == null ? command + " does not start" : name));
                process.destroy();
                return Optional.empty();
            }
            return Optional.of(new ProcessPeer(process, in, name));
        } catch (IOException e) {
            System.err.println("skipped, missing: " + e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int warmUp() {
        return 0;
    }

    @Override
    public OptionalDouble run(String operation, Path picture, int times) {
        String seconds = ask(operation, picture.toAbsolutePath(), times);
        return seconds.equals("-")
                ? OptionalDouble.empty()
                : OptionalDouble.of(Double.parseDouble(seconds) * 1000 / times);
    }

    @Override
    public void write(String operation, Path picture, Path result) {
        ask(operation, picture.toAbsolutePath(), 1, result.toAbsolutePath());
    }

    /** Sends a line of these words, and returns the line that comes back. */
    String ask(Object... words) {
        try {
            out.write(Stream.of(words).map(Object::toString).collect(Collectors.joining("\t")) + "\n");
            out.flush();
            String line = in.readLine();
            if (line == null) {
                throw new IllegalStateException(name + " ended at " + List.of(words));
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(name + " at " + List.of(words), e);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
