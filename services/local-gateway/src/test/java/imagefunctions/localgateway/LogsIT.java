package imagefunctions.localgateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The logs of functions, as real curl and faas-cli read them. */
final class LogsIT {
    private static final String PHOTO = "@../../samples/fixtures/640x480.jpg";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_FOLLOWERS = 50;

    private static LocalGatewayProcess gateway;
    private static AsyncClient async;

    @BeforeAll
    static void start() throws Exception {
        gateway = LocalGatewayProcess.start(Map.of());
        async = new AsyncClient(gateway.at("/"));
        curl("/function/loadimages", "-o", "/dev/null", "-H", "X-Call-Id: first");
    }

    @AfterAll
    static void stop() throws IOException {
        gateway.close();
    }

    private static void call(String function, String callId) throws Exception {
        String status = curl(
                "/function/" + function,
                "-o",
                "/dev/null",
                "-w",
                "%{http_code}",
                "--data-binary",
                PHOTO,
                "-H",
                "X-Call-Id: " + callId);
        assertThat(status).isEqualTo("200");
    }

    private static String curl(String path, String... arguments) throws Exception {
        return Curl.of(Stream.concat(Stream.of(gateway.at(path).toString()), Stream.of(arguments))
                        .toArray(String[]::new))
                .output();
    }

    private static List<JsonNode> log(String query) throws Exception {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : curl("/system/logs?" + query).lines().toList()) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }

    /** {@code curl --no-buffer}, as long as it is open. */
    private record Following(Process curl, BufferedReader lines) implements AutoCloseable {
        static Following of(String query) throws IOException {
            URI logs = gateway.at("/system/logs?follow=true&" + query);
            Process curl = new ProcessBuilder("curl", "-sS", "-N", "--max-time", "60", logs.toString())
                    .redirectErrorStream(true)
                    .start();
            return new Following(curl, curl.inputReader(UTF_8));
        }

        String next() throws IOException {
            String line = Objects.requireNonNull(lines.readLine());
            // An empty line says that the gateway is there.
            return line.isEmpty() ? next() : JSON.readTree(line).path("text").asText();
        }

        @Override
        public void close() {
            curl.destroyForcibly();
        }
    }

    @Test
    void aCallIsALineWithTheMembersThatOpenFaasHas() throws Exception {
        Instant before = Instant.now();
        call("thumbnail", "one-call");

        String answer = curl("/system/logs?name=thumbnail&tail=1", "-i");

        assertThat(answer)
                .startsWith("HTTP/1.1 200")
                .containsIgnoringCase("\r\ncontent-type: application/x-ndjson\r\n");
        JsonNode line = JSON.readTree(answer.lines().toList().getLast());
        assertThat(line.properties())
                .extracting(Map.Entry::getKey)
                .containsExactly("name", "namespace", "instance", "timestamp", "text");
        assertThat(line.path("name").asText()).isEqualTo("thumbnail");
        assertThat(line.path("namespace").asText()).isEqualTo("openfaas-fn");
        assertThat(line.path("instance").asText()).endsWith("-" + gateway.pid());
        assertThat(Instant.parse(line.path("timestamp").asText())).isBetween(before, Instant.now());
        assertThat(line.path("text").asText()).matches("POST thumbnail 200 \\d+ byte.* one-call");
    }

    @Test
    void callsThatFailAndAsynchronousOnesAreThereToo() throws Exception {
        curl("/function/transpose", "--data-binary", "no picture", "-H", "X-Call-Id: failed");
        assertThat(async.call("transpose", new byte[] {1}, "X-Call-Id", "later").statusCode())
                .isEqualTo(202);

        await().untilAsserted(() -> assertThat(log("name=transpose"))
                .extracting(line -> line.path("text").asText())
                .anyMatch(text -> text.matches("POST transpose 415 .* failed"))
                .anyMatch(text -> text.matches("POST transpose 415 .* later")));
    }

    @ParameterizedTest
    @CsvSource({
        "name=loadimages,                                    true",
        "name=loadimages.openfaas-fn,                        true",
        "name=loadimages&namespace=openfaas-fn,              true",
        "name=nosuch&name=loadimages,                        true",
        "name=loadimages&tail=-1&follow=false,               true",
        "name=loadimages&tail=1000&follow=0,                 true",
        "name=loadimages&since=2020-01-01T00:00:00Z,         true",
        "name=loadimages&since=2020-01-01T02:00:00%2B02:00,  true",
        "name=loadimages&since=2999-01-01T00:00:00Z,         false",
        "name=loadimages&instance=another,                   false",
        "name=processimages,                                       false"
    })
    void theParametersSayWhichLinesAreWanted(String query, boolean wanted) throws Exception {
        assertThat(log(query)).hasSize(wanted ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource({
        "'',                              400, name=NAME",
        "name=,                           400, name=NAME",
        "name=nosuch,                     404, draft",
        "name=nosuch&follow=true,         404, draft",
        "name=draft&namespace=other,      404, openfaas-fn",
        "name=draft&tail=many,            400, tail=many",
        "name=draft&tail=9999999999,      400, tail=9999999999",
        "name=draft&follow=yes,           400, true or false",
        "name=draft&since=yesterday,      400, RFC 3339",
        "name=draft&since=2026-03-01T09:30:00+01:00, 400, %2B"
    })
    void whatCannotBeReadIsRefusedInWords(String query, int status, String words) throws Exception {
        assertThat(curl("/system/logs?" + query, "-i"))
                .startsWith("HTTP/1.1 " + status)
                .contains("application/problem+json", words);
    }

    @Test
    void whoeverFollowsGetsThePastAndThenEachCallAsItIsMade() throws Exception {
        call("bw?quality=50", "past-1");
        call("bw?quality=50", "past-2");
        try (Following following = Following.of("name=bw&tail=1")) {
            assertThat(following.next()).endsWith(" past-2");
            call("draft", "of-another");
            call("bw?quality=50", "next-1");
            assertThat(following.next()).endsWith(" next-1");
            call("bw?quality=50", "next-2");
            assertThat(following.next()).endsWith(" next-2");
        }
    }

    @Test
    void theNumberOfFollowersIsLimitedAndAPlaceIsFreeWhenOneLeaves() throws Exception {
        try (Followers others = new Followers(MOST_FOLLOWERS - 1)) {
            try (Socket last = follow("loadimages")) {
                assertThat(firstLine(last)).isEqualTo("HTTP/1.1 200 OK");
                assertThat(curl("/system/logs?name=loadimages&follow=true", "-i"))
                        .startsWith("HTTP/1.1 503")
                        .containsIgnoringCase("\r\nretry-after: 5\r\n")
                        .contains("50 callers");
                assertThat(log("name=loadimages")).hasSize(1);
            }
            await().until(LogsIT::hasPlace);
            assertThat(others.sockets()).hasSize(MOST_FOLLOWERS - 1);
        }
    }

    private record Followers(List<Socket> sockets) implements AutoCloseable {
        Followers(int number) throws IOException {
            this(new ArrayList<>());
            for (int i = 0; i < number; i++) {
                Socket follower = follow("loadimages");
                sockets.add(follower);
                assertThat(firstLine(follower)).isEqualTo("HTTP/1.1 200 OK");
            }
        }

        @Override
        public void close() throws IOException {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    private static boolean hasPlace() throws IOException {
        try (Socket follower = follow("loadimages")) {
            return firstLine(follower).equals("HTTP/1.1 200 OK");
        }
    }

    private static Socket follow(String function) throws IOException {
        Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), gateway.at("/").getPort());
        socket.setSoTimeout(20_000);
        socket.getOutputStream()
                .write(("GET /system/logs?follow=true&name=" + function + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                        .getBytes(ISO_8859_1));
        return socket;
    }

    private static String firstLine(Socket socket) throws IOException {
        StringBuilder line = new StringBuilder();
        InputStream in = socket.getInputStream();
        for (int b = in.read(); b >= 0 && b != '\r'; b = in.read()) {
            line.append((char) b);
        }
        return line.toString();
    }

    @Test
    void atSigtermTheStreamEndsAsItShould() throws Exception {
        try (LocalGatewayProcess ending = LocalGatewayProcess.start(Map.of())) {
            URI logs = ending.at("/system/logs?name=bw&follow=1");
            Process curl = new ProcessBuilder("curl", "-sS", "-N", "-i", logs.toString())
                    .redirectErrorStream(true)
                    .start();
            assertThat(curl.inputReader(UTF_8).readLine()).isEqualTo("HTTP/1.1 200 OK");

            ending.terminate();

            assertThat(curl.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(curl.exitValue()).isZero();
            assertThat(ending.status()).isEqualTo(143);
        }
    }

    @Test
    void faasCliShowsTheCalls() throws Exception {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(":", -1))
                        .anyMatch(path -> Files.isExecutable(Path.of(path, "faas-cli"))),
                "faas-cli is not on the PATH");
        Process cli = new ProcessBuilder(
                        "faas-cli",
                        "logs",
                        "loadimages",
                        "--tail=false",
                        "--gateway",
                        gateway.at("").toString())
                .redirectErrorStream(true)
                .start();

        assertThat(new String(cli.getInputStream().readAllBytes(), UTF_8)).contains("GET loadimages 200", "first");
    }
}
