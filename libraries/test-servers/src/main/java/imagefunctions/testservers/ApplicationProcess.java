package imagefunctions.testservers;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A packaged application as a process of its own, with its log below {@code target} as long as it is open. */
public abstract class ApplicationProcess implements AutoCloseable {
    private static final Pattern ADDRESS = Pattern.compile("Listening on: http://(\\S+):(\\d+)");
    private static final int STARTS_WITHIN_SECONDS = 180;
    private static final int ENDS_WITHIN_SECONDS = 60;

    /**
     * What makes a process start fast: the first compiler alone, classes that are not verified, since javac made them, and
     * large pages where the system has them.
     */
    public static final List<String> QUICK = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:-BytecodeVerificationRemote",
            "-XX:+IgnoreUnrecognizedVMOptions",
            "-XX:+UseTransparentHugePages",
            "-Xlog:pagesize=off,cds=off");

    private final Process process;
    private final Path log;

    /** Starts it, and does not wait for it. */
    protected ApplicationProcess(List<String> command, Map<String, String> environment) throws IOException {
        log = Files.createTempFile(Path.of("target"), "process", ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("QUARKUS_SHUTDOWN_DELAY", "0s");
        builder.environment().putAll(environment);
        process = builder.start();
    }

    /** How to start a jar with these options of the JVM. */
    protected static List<String> java(Path jar, List<String> options) throws IOException {
        // Classes of an archive say that they are of the path it was made with, and there the rest is looked for.
        Path application = jar.toAbsolutePath().normalize();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(QUICK);
        command.add(ClassArchive.option(command, application));
        // What it leaves behind when it is killed.
        command.add("-Djava.io.tmpdir=" + Path.of("target").toAbsolutePath());
        command.addAll(options);
        command.addAll(List.of("-jar", application.toString()));
        return command;
    }

    /** Waits until it listens, or has ended. */
    protected final void awaitListening() throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(STARTS_WITHIN_SECONDS);
        while (!listens() && process.isAlive()) {
            if (System.nanoTime() > deadline) {
                throw new IOException("it does not listen within " + STARTS_WITHIN_SECONDS + " s: " + log());
            }
            waitFor(20, TimeUnit.MILLISECONDS);
        }
    }

    private boolean listens() throws IOException {
        return ADDRESS.matcher(log()).find();
    }

    private boolean waitFor(long time, TimeUnit unit) throws IOException {
        try {
            return process.waitFor(time, unit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    public final URI at(String path) throws IOException {
        Matcher address = ADDRESS.matcher(log());
        if (!address.find()) {
            throw new IOException("it does not listen: " + log());
        }
        return URI.create("http://" + reachable(address.group(1)) + ":" + address.group(2) + path);
    }

    private static String reachable(String host) {
        if (host.equals("0.0.0.0")) {
            return "127.0.0.1";
        }
        return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    }

    public final String log() throws IOException {
        return Files.readString(log);
    }

    /** By which the system knows it. */
    public final long pid() {
        return process.pid();
    }

    /** SIGKILL; on return it is gone. */
    public final void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** SIGTERM. */
    public final void terminate() {
        process.destroy();
    }

    /** Waits for its end and gives the exit status. */
    public final int status() throws IOException {
        if (!waitFor(ENDS_WITHIN_SECONDS, TimeUnit.SECONDS)) {
            throw new IOException("it did not end within a minute: " + log());
        }
        return process.exitValue();
    }

    @Override
    public final void close() throws IOException {
        kill();
        Files.deleteIfExists(log);
    }
}
