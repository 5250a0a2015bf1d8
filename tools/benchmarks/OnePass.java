import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Compares a workflow in one pass with the same workflow step by step, and one that makes several sizes of a photo with a
 * call for each: {@code java OnePass.java GATEWAY PID PHOTO...}, with the gateway's address and the id of its process.
 *
 * <p>The two take turns in blocks of calls, so that what else the machine does hits both. Printed are the median of a
 * call's time, and the CPU time of the gateway's process per call, which a busy machine changes less.
 */
public final class OnePass {
    private static final int BLOCK = 20;
    private static final int WARM_UP = 3;
    private static final int ROUNDS = 6;
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private OnePass() {}

    public static void main(String[] arguments) throws Exception {
        String functions = arguments[0] + "/function/";
        String chaining = functions + "chaining?workflow=";
        ProcessHandle gateway = ProcessHandle.of(Long.parseLong(arguments[1])).orElseThrow();
        List<String> photos = List.of(arguments).subList(2, arguments.length);
        compare("steps", List.of(chaining + "sequence"), List.of(chaining + "pushdown"), gateway, photos);
        List<String> sizes = Stream.of(64, 128, 256, 512, 1024)
                .map(size -> functions + "thumbnail?width=" + size + "&height=" + size)
                .toList();
        compare("a call for each", sizes, List.of(chaining + "sizes"), gateway, photos);
    }

    private static void compare(
            String what, List<String> apart, List<String> together, ProcessHandle gateway, List<String> photos)
            throws Exception {
        System.out.println("| photo | " + what + ": ms | CPU ms | one pass: ms | CPU ms | CPU ratio |");
        System.out.println("|---|---|---|---|---|---|");
        for (String photo : photos) {
            byte[] body = Files.readAllBytes(Path.of(photo));
            Calls stepped = new Calls(gateway, apart, body);
            Calls passed = new Calls(gateway, together, body);
            for (int i = -WARM_UP; i < ROUNDS; i++) {
                stepped.block(i >= 0);
                passed.block(i >= 0);
            }
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %.1f | %.1f | %.1f | %.1f | %.1f |%n",
                    Path.of(photo).getFileName(),
                    stepped.median(),
                    stepped.cpu(),
                    passed.median(),
                    passed.cpu(),
                    stepped.cpu() / passed.cpu());
        }
    }

    private static final class Calls {
        private final ProcessHandle gateway;
        private final List<HttpRequest> requests;
        private final List<Double> milliseconds = new ArrayList<>();
        private double cpu;

        Calls(ProcessHandle gateway, List<String> urls, byte[] body) {
            this.gateway = gateway;
            this.requests = urls.stream()
                    .map(url -> HttpRequest.newBuilder(URI.create(url))
                            .POST(BodyPublishers.ofByteArray(body))
                            .build())
                    .toList();
        }

        void block(boolean counts) throws Exception {
            double before = cpuMilliseconds();
            for (int i = 0; i < BLOCK; i++) {
                long start = System.nanoTime();
                for (HttpRequest request : requests) {
                    HttpResponse<byte[]> response = CLIENT.send(request, BodyHandlers.ofByteArray());
                    if (response.statusCode() != 200) {
                        throw new IllegalStateException(request.uri() + " answered " + response.statusCode());
                    }
                }
                if (counts) {
                    milliseconds.add((System.nanoTime() - start) / 1e6);
                }
            }
            cpu += counts ? cpuMilliseconds() - before : 0;
        }

        private double cpuMilliseconds() {
            return gateway.info().totalCpuDuration().orElseThrow().toNanos() / 1e6;
        }

        double median() {
            return milliseconds.stream().sorted().toList().get(milliseconds.size() / 2);
        }

        double cpu() {
            return cpu / milliseconds.size();
        }
    }
}
