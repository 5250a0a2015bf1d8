package imagefunctions.localgateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What the real curl says of one call: its exit status, and what it wrote. */
record Curl(int exit, String output) {
    /** Runs it, with at most 30 s for all of it. */
    static Curl of(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("curl", "-sS", "--max-time", "30"));
        command.addAll(List.of(arguments));
        Process curl = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(curl.getInputStream().readAllBytes(), UTF_8);
        return new Curl(curl.waitFor(), output);
    }
}
