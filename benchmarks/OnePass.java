import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * Compares a workflow in one pass with the same workflow step by step: {@code java OnePass.java GATEWAY PHOTO...}.
 *
 * <p>The two take turns, so that what else the machine does hits both; the medians of all rounds are printed.
 */
public final class OnePass {
    private static final int WARM_UP = 40;
    private static final int ROUNDS = 60;
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private OnePass() {}

    public static void main(String[] arguments) throws Exception {
        String gateway = arguments[0];
        System.out.println("| photo | step by step, ms | one pass, ms | times faster |");
        System.out.println("|---|---|---|---|");
        for (String photo : Arrays.copyOfRange(arguments, 1, arguments.length)) {
            compare(gateway, Path.of(photo));
        }
    }

    private static void compare(String gateway, Path photo) throws Exception {
        byte[] body = Files.readAllBytes(photo);
        double[] stepped = new double[ROUNDS];
        double[] passed = new double[ROUNDS];
        for (int i = -WARM_UP; i < ROUNDS; i++) {
            double one = milliseconds(gateway + "/function/chaining?workflow=sequence", body);
            double other = milliseconds(gateway + "/function/chaining?workflow=pushdown", body);
            if (i >= 0) {
                stepped[i] = one;
                passed[i] = other;
            }
        }
        double a = median(stepped);
        double b = median(passed);
        System.out.printf(Locale.ROOT, "| %s | %.1f | %.1f | %.1f |%n", photo.getFileName(), a, b, a / b);
    }

    private static double milliseconds(String url, byte[] body) throws Exception {
        long start = System.nanoTime();
        HttpResponse<byte[]> response = CLIENT.send(
                HttpRequest.newBuilder(URI.create(url))
                        .POST(BodyPublishers.ofByteArray(body))
                        .build(),
                BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            throw new IllegalStateException(url + " answered " + response.statusCode());
        }
        return (System.nanoTime() - start) / 1e6;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
