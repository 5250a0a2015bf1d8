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
    static Optional<Competitor> start(List<String> command, Map<String, String> environment, String suffix) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().putAll(environment);
            Process process = builder.start();
            BufferedReader in = process.inputReader(StandardCharsets.UTF_8);
            String name = in.readLine();
            if (name == null || name.startsWith("missing")) {
                System.out.println("skipped, " + (name == null ? command + " does not start" : name));
                process.destroy();
                return Optional.empty();
            }
            return Optional.of(new ProcessPeer(process, in, name + suffix));
        } catch (IOException e) {
            System.out.println("skipped, missing: " + e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Optional<Cost> run(String operation, Path picture, int times) {
        try {
            out.write(operation + "\t" + picture.toAbsolutePath() + "\t" + times + "\n");
            out.flush();
            String line = in.readLine();
            if (line == null || line.equals("-")) {
                return Optional.empty();
            }
            String[] parts = line.split("\t", -1);
            if (parts.length != 2) {
                throw new IllegalStateException(name + " on " + operation + ": " + line);
            }
            return Optional.of(new Cost(Double.parseDouble(parts[0]) * 1000 / times, Integer.parseInt(parts[1])));
        } catch (IOException e) {
            throw new UncheckedIOException(name + " on " + operation, e);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
