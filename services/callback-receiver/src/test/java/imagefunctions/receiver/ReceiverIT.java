package imagefunctions.receiver;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(Lifecycle.PER_CLASS)
final class ReceiverIT {
    private final Path folder;
    private final ReceiverProcess receiver;

    ReceiverIT(@TempDir Path temporary) throws IOException {
        folder = temporary.resolve("messages");
        receiver =
                ReceiverProcess.start(folder, Map.of("IMAGE_FUNCTIONS_MESSAGES_MAX_BODY", "4M", "READ_TIMEOUT", "3s"));
    }

    @BeforeAll
    void isReady() throws Exception {
        assertThat(receiver.get("/_/health").statusCode()).isEqualTo(200);
        assertThat(receiver.get("/_/ready").statusCode()).isEqualTo(200);
    }

    @AfterAll
    void stop() throws Exception {
        receiver.close();
    }

    private static List<Path> filesBelow(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ffd8ffe000104a464946,             application/octet-stream,          image/jpeg",
        "ffd8ffe000104a464946,             image/jpeg,                        image/jpeg",
        "ffd8ffe000104a464946,             text/html,                         image/jpeg",
        "89504e470d0a1a0a0000,             application/x-www-form-urlencoded, image/png",
        "47494638396101000100,             multipart/form-data,               image/gif",
        "524946460c00000057454250565038,   ,                                  image/webp",
        "424d460000000000000036000000,     image/bmp,                         image/bmp",
        "49492a0008000000,                 image/tiff,                        image/tiff",
        "4d4d002a00000008,                 image/tiff,                        image/tiff",
        "7b2261223a317d,                   application/json,                  application/json",
        "0a5b312c325d,                     application/octet-stream,          application/json",
        "68656c6c6f,                       text/plain,                        text/plain; charset=utf-8",
        "3c68746d6c3e3c7363726970743e,     text/html,                         text/plain; charset=utf-8",
        "3c73766720786d6c6e733d22223e,     image/svg+xml,                     text/plain; charset=utf-8",
        "424d57206d616b65732063617273,     text/plain,                        text/plain; charset=utf-8",
        "00010203,                         image/jpeg,                        application/octet-stream",
        "c328,                             text/plain,                        application/octet-stream",
        "'',                               image/jpeg,                        text/plain; charset=utf-8"
    })
    void anythingIsKeptWhateverTypeItSaysAndServedAsWhatItIs(String hex, String declared, String served)
            throws Exception {
        byte[] body = HexFormat.of().parseHex(hex);
        String[] headers = declared == null ? new String[0] : new String[] {"Content-Type", declared};
        HttpResponse<String> kept = receiver.post("/messages/typed", body, headers);
        assertThat(kept.statusCode()).isEqualTo(201);

        HttpResponse<byte[]> back = receiver.get("/messages/typed");
        assertThat(back.body()).isEqualTo(body);
        assertThat(back.headers().firstValue("Content-Type")).hasValue(served);
        assertThat(back.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(back.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("sandbox");
    }

    @Test
    void whatTheSenderSaysOfAMessageIsListedWithIt() throws Exception {
        receiver.post(
                "/messages/said.jpg",
                new byte[] {1, 2, 3},
                "X-Call-Id",
                "said-1",
                "X-Function-Name",
                "thumbnail.openfaas-fn",
                "X-Function-Status",
                "200",
                "X-Duration-Seconds",
                "0.012345",
                "X-Start-Time",
                "1795255531281050127");

        JsonNode message = receiver.json("/messages?limit=1").path("messages").get(0);
        assertThat(message.path("name").asText()).isEqualTo("said.jpg");
        assertThat(message.path("callId").asText()).isEqualTo("said-1");
        assertThat(message.path("function").asText()).isEqualTo("thumbnail.openfaas-fn");
        assertThat(message.path("status").asInt()).isEqualTo(200);
        assertThat(message.path("seconds").asDouble()).isEqualTo(0.012345);
        assertThat(message.path("size").asLong()).isEqualTo(3);
        assertThat(message.path("failed").asBoolean()).isFalse();
        assertThat(receiver.log())
                .containsPattern("127.0.0.1 said.jpg thumbnail.openfaas-fn HTTP: 200, call said-1, kept");
    }

    @Test
    void aRepetitionIsKeptOnce() throws Exception {
        HttpResponse<String> first = receiver.post("/messages/twice.jpg", new byte[] {1}, "X-Call-Id", "twice-1");
        HttpResponse<String> again = receiver.post("/messages/twice.jpg", new byte[] {2}, "X-Call-Id", "twice-1");

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(receiver.get("/messages/twice.jpg").body()).containsExactly(1);
        assertThat(filesBelow(folder.resolve("messages/twice-1"))).hasSize(2);
    }

    @Test
    void ofManyRepetitionsAtTheSameTimeOneIsKept() throws Exception {
        byte[] body = new byte[300_000];
        List<Callable<Integer>> posts = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            posts.add(() -> receiver.post("/messages/crowd.jpg", body, "X-Call-Id", "crowd-1")
                    .statusCode());
        }
        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> status : executor.invokeAll(posts)) {
                statuses.add(status.get());
            }
        }
        assertThat(statuses).containsOnlyOnce(201);
        assertThat(statuses.stream().filter(status -> status == 200)).hasSize(15);
        assertThat(filesBelow(folder.resolve("in"))).isEmpty();
    }

    @Test
    void aFailureIsKeptAsAFailureAndDoesNotStandInTheWayOfALaterSuccess() throws Exception {
        byte[] problem = "{\"status\":500,\"detail\":\"it failed\"}".getBytes(UTF_8);
        receiver.post("/messages/unlucky.jpg", problem, "X-Call-Id", "unlucky-1", "X-Function-Status", "500");

        assertThat(receiver.get("/messages/unlucky.jpg").statusCode()).isEqualTo(404);
        assertThat(receiver.get("/messages/unlucky.jpg?call=unlucky-1&failed").body())
                .isEqualTo(problem);
        assertThat(folder.resolve("messages/unlucky-1")).doesNotExist();

        HttpResponse<String> success = receiver.post("/messages/unlucky.jpg", new byte[] {7}, "X-Call-Id", "unlucky-1");
        assertThat(success.statusCode()).isEqualTo(201);
        assertThat(receiver.get("/messages/unlucky.jpg").body()).containsExactly(7);
        assertThat(receiver.get("/messages/unlucky.jpg?call=unlucky-1&failed").body())
                .isEqualTo(problem);
    }

    @Test
    void aNameLeadsToItsNewestMessageAndWithTheCallIdToEachOfThem() throws Exception {
        receiver.post("/messages/same.jpg", new byte[] {1}, "X-Call-Id", "same-1");
        receiver.post("/messages/same.jpg", new byte[] {2}, "X-Call-Id", "same-2");

        assertThat(receiver.get("/messages/same.jpg").body()).containsExactly(2);
        assertThat(receiver.get("/messages/same.jpg?call=same-1").body()).containsExactly(1);
        assertThat(receiver.get("/messages/same.jpg?call=same-2").body()).containsExactly(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "..%2f..%2fetc%2fpasswd",
                "%2e%2e%2fx",
                "..%5cx",
                ".hidden",
                "a/b",
                "/x",
                "a%00b",
                "a%0ab",
                "a%e2%80%aegpj.exe",
                "a%ff",
                ""
            })
    void aNameThatIsNoFileNameIsRefusedAndTheAnswerSaysWhy(String name) throws Exception {
        // As it stands: Java's client would put the path in order first.
        String answer = raw("POST /messages/" + name + " HTTP/1.1\r\nHost: x\r\nX-Function-Status: 200\r\n"
                + "Content-Length: 1\r\nConnection: close\r\n\r\nx");

        assertThat(answer).startsWith("HTTP/1.1 400").contains("application/problem+json", "The ");
        assertThat(filesBelow(folder)).noneMatch(file -> file.toString().contains("passwd"));
    }

    /** A gateway tells what a function answered, and RFC 9110 has no such status. */
    @ParameterizedTest
    @ValueSource(strings = {"600", "999"})
    void aStatusThatHasNoMeaningIsAFailureThatIsKept(String status) throws Exception {
        String answer = receiver.post(
                        "/messages/odd.txt", new byte[] {1}, "X-Call-Id", status, "X-Function-Status", status)
                .body();

        assertThat(answer).contains("\"status\":" + status, "\"failed\":true");
    }

    @ParameterizedTest
    @CsvSource({"/, one.jpg", "//, two.jpg", "///, three.jpg"})
    void aPathMayBeginWithSeveralSlashes(String slashes, String name) throws Exception {
        String target = " " + slashes + "messages/" + name + "?call=" + name;
        String head = target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Call-Id: " + name + "\r\n";

        assertThat(raw("POST" + head + "Content-Length: 4\r\n\r\nsent")).startsWith("HTTP/1.1 201");
        assertThat(raw("GET" + head + "\r\n")).startsWith("HTTP/1.1 200").endsWith("sent");
        assertThat(raw("DELETE" + head + "\r\n")).startsWith("HTTP/1.1 204");
    }

    @Test
    void aNameMayBeLongInAnyScriptButNotTooLong() throws Exception {
        String most = "%C3%A4".repeat(98) + ".jpg";
        assertThat(receiver.post("/messages/" + most, new byte[] {1}).statusCode())
                .isEqualTo(201);
        assertThat(receiver.get("/messages/" + most).body()).containsExactly(1);

        HttpResponse<String> longer = receiver.post("/messages/a" + most, new byte[] {1});
        assertThat(longer.statusCode()).isEqualTo(400);
        assertThat(longer.body()).contains("more than 200 bytes");
    }

    @ParameterizedTest
    @CsvSource({
        "X-Call-Id,         a/b",
        "X-Call-Id,         a b",
        "X-Function-Status, fine",
        "X-Function-Status, 99",
        "X-Function-Status, 2000"
    })
    void aHeaderThatCannotBeRightIsRefusedByItsName(String header, String value) throws Exception {
        HttpResponse<String> answer = receiver.post("/messages/h.jpg", new byte[] {1}, header, value);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains(header);
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "..", "..a", "a:b.c_d-e"})
    void everyCallIdThatTheGatewayTakesIsTakenHere(String id) throws Exception {
        assertThat(receiver.post("/messages/id.jpg", id.getBytes(US_ASCII), "X-Call-Id", id)
                        .statusCode())
                .isEqualTo(201);
        assertThat(receiver.get("/messages/id.jpg?call=" + id).body())
                .asString(US_ASCII)
                .isEqualTo(id);
    }

    @Test
    void aBodyOverTheLimitIsRefusedWithWordsWhetherItSaysItsLengthOrNot() throws Exception {
        byte[] tooMuch = new byte[(4 << 20) + 1];
        HttpResponse<String> announced = receiver.post("/messages/big.jpg", tooMuch);
        HttpResponse<String> chunked = receiver.send(HttpRequest.newBuilder(receiver.at("/messages/big.jpg"))
                .POST(BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(tooMuch))));

        for (HttpResponse<String> answer : List.of(announced, chunked)) {
            assertThat(answer.statusCode()).isEqualTo(413);
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
            assertThat(answer.body()).contains("larger than 4194304 bytes", "IMAGE_FUNCTIONS_MESSAGES_MAX_BODY");
        }
        assertThat(filesBelow(folder.resolve("in"))).isEmpty();
    }

    @Test
    void aBodyThatDoesNotArriveInTimeIsRefusedAndLeavesNothing() throws Exception {
        String answer = raw("POST /messages/slow.jpg HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhalf");

        assertThat(answer).startsWith("HTTP/1.1 408").contains("read_timeout");
        assertThat(filesBelow(folder.resolve("in"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense\r\n", "4\r\ngood\r\nnonsense\r\n"})
    void aBodyThatIsNotFramedAsHttpIsABadRequestAndLeavesNothing(String body) throws Exception {
        String answer = raw("POST /messages/bad.jpg HTTP/1.1\r\nHost: x\r\nX-Call-Id: bad-framing\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n" + body);

        assertThat(answer)
                .startsWith("HTTP/1.1 400 Bad Request\r\n")
                .contains("application/problem+json", "does not follow HTTP's framing", "\"bad-framing\"");
        await().untilAsserted(() -> assertThat(filesBelow(folder.resolve("in"))).isEmpty());
        assertThat(receiver.log()).doesNotContain("ERROR");
    }

    @Test
    void aSenderThatLeavesLeavesNothingAndIsNoFaultOfTheReceivers() throws Exception {
        try (Socket sender =
                new Socket(InetAddress.getLoopbackAddress(), receiver.at("/").getPort())) {
            sender.getOutputStream()
                    .write("POST /messages/left.jpg HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nhalf"
                            .getBytes(US_ASCII));
            await().until(() -> !filesBelow(folder.resolve("in")).isEmpty());
        }

        await().until(() -> receiver.log().contains("not kept: The caller closed the connection before the answer."));
        assertThat(filesBelow(folder.resolve("in"))).isEmpty();
        assertThat(receiver.log()).doesNotContain("ERROR");
    }

    @Test
    void plainCurlWithoutAnyHeaderDeliversEveryByte(@TempDir Path temporary) throws Exception {
        byte[] body = new byte[3 << 20];
        new Random(7).nextBytes(body);
        System.arraycopy("a=b&c=%20".getBytes(US_ASCII), 0, body, 0, 9);
        Path file = Files.write(temporary.resolve("body"), body);

        String status = curl(
                "--data-binary", "@" + file, receiver.at("/messages/curl.bin").toString());

        assertThat(status).isEqualTo("201");
        assertThat(receiver.get("/messages/curl.bin").body()).isEqualTo(body);
    }

    @Test
    void curlWaitsForTheGoAheadAndDoesNotSendWhatWouldBeRefused(@TempDir Path temporary) throws Exception {
        Path big = Files.write(temporary.resolve("big"), new byte[(4 << 20) + 1]);
        Path fine = Files.write(temporary.resolve("fine"), new byte[1000]);
        String url = receiver.at("/messages/expect.bin").toString();

        assertThat(curl("-H", "Expect: 100-continue", "-w", " %{size_upload}", "--data-binary", "@" + big, url))
                .isEqualTo("413 0");
        assertThat(curl("-H", "Expect: 100-continue", "-w", " %{size_upload}", "--data-binary", "@" + fine, url))
                .isEqualTo("201 1000");
    }

    private static String curl(String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of("curl", "-sS", "--max-time", "30", "-o", "/dev/null", "-w", "%{http_code}"));
        for (String argument : arguments) {
            command.add(argument.startsWith(" %") ? "%{http_code}" + argument : argument);
        }
        Process curl = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new String(curl.getInputStream().readAllBytes(), UTF_8);
    }

    @Test
    void theListComesInPagesNewestFirst() throws Exception {
        for (int i = 0; i < 25; i++) {
            receiver.post("/messages/page-" + i, new byte[] {1});
        }
        List<String> names = new ArrayList<>();
        String next = "/messages?limit=10";
        JsonNode page = new ObjectMapper().nullNode();
        while (!next.equals("null") && names.size() < 25) {
            page = receiver.json(next);
            assertThat(page.path("messages").size()).isLessThanOrEqualTo(10);
            page.path("messages")
                    .forEach(message -> names.add(message.path("name").asText()));
            next = page.path("next").asText();
        }
        for (int i = 0; i < 25; i++) {
            assertThat(names.get(i)).isEqualTo("page-" + (24 - i));
        }
        assertThat(page.path("count").asInt()).isGreaterThanOrEqualTo(25);
    }

    @Test
    void messagesAreSearchedAndComeInOneZip() throws Exception {
        receiver.post("/messages/Meadow.jpg", photo(), "X-Call-Id", "wanted-1", "X-Function-Name", "bw");
        receiver.post("/messages/other.txt", "x".getBytes(UTF_8), "X-Call-Id", "wanted-2", "X-Function-Status", "500");

        assertThat(names("/messages?search=MEADOW")).containsExactly("Meadow.jpg");
        assertThat(names("/messages?search=wanted")).containsExactly("other.txt", "Meadow.jpg");
        assertThat(names("/messages?search=wanted&failed=true")).containsExactly("other.txt");
        assertThat(names("/messages?search=wanted&failed=false")).containsExactly("Meadow.jpg");
        assertThat(names("/messages?search=wanted&until=2020-01-01T00:00:00Z")).isEmpty();
        assertThat(names("/messages?search=wanted&since=2020-01-01T00:00:00Z")).hasSize(2);
        assertThat(receiver.json("/messages?search=wanted&limit=1").path("next").asText())
                .startsWith("/messages?search=wanted&before=");

        Map<String, byte[]> files = archive("wanted");
        assertThat(files).containsOnlyKeys("messages/wanted-1/Meadow.jpg", "failures/wanted-2/other.txt");
        assertThat(files.get("messages/wanted-1/Meadow.jpg")).isEqualTo(photo());
    }

    @ParameterizedTest
    @CsvSource({"'.', %2E", "'..', %2E.", "..a, %2E.a", "a:b.c_d-e, a:b.c_d-e"})
    void whoUnpacksTheZipGetsNoFileOutsideItsFolders(String id, String folder) throws Exception {
        String name = "unpacked-" + id + ".txt";
        receiver.post("/messages/" + name, new byte[] {1}, "X-Call-Id", id);
        receiver.post("/messages/" + name, new byte[] {1}, "X-Call-Id", id, "X-Function-Status", "500");

        assertThat(archive(name))
                .containsOnlyKeys("messages/" + folder + "/" + name, "failures/" + folder + "/" + name);
    }

    private Map<String, byte[]> archive(String search) throws Exception {
        Map<String, byte[]> files = new HashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(
                receiver.get("/messages.zip?search=" + search).body()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
        }
        return files;
    }

    private static byte[] photo() throws IOException {
        return Files.readAllBytes(Path.of("../../docs/pictures/seeding.jpg"));
    }

    private List<String> names(String list) throws Exception {
        return receiver.json(list)
                .path("messages")
                .valueStream()
                .map(message -> message.path("name").asText())
                .toList();
    }

    @Test
    void whatIsDeletedIsGoneAndAnOlderOneOfItsNameTakesItsPlace() throws Exception {
        receiver.post("/messages/twice.txt", "old".getBytes(UTF_8), "X-Call-Id", "old");
        receiver.post("/messages/twice.txt", "new".getBytes(UTF_8), "X-Call-Id", "new");

        HttpRequest.Builder delete = HttpRequest.newBuilder(receiver.at("/messages/twice.txt?call=new"))
                .DELETE();
        assertThat(receiver.send(delete).statusCode()).isEqualTo(204);
        assertThat(receiver.send(delete).statusCode()).isEqualTo(404);
        assertThat(new String(receiver.get("/messages/twice.txt").body(), UTF_8))
                .isEqualTo("old");
        assertThat(filesBelow(folder)).noneMatch(file -> file.toString().contains("/new/"));
    }

    @Test
    void eventsReportEachMessageAndThoseMissed() throws Exception {
        long before = receiver.json("/messages?limit=1")
                .path("messages")
                .path(0)
                .path("number")
                .asLong();
        receiver.post("/messages/missed.jpg", new byte[] {1}, "X-Call-Id", "missed-1");
        try (Socket reader =
                new Socket(InetAddress.getLoopbackAddress(), receiver.at("/").getPort())) {
            reader.setSoTimeout(10_000);
            reader.getOutputStream()
                    .write(("GET /events HTTP/1.1\r\nHost: x\r\nLast-Event-ID: " + before + "\r\n\r\n")
                            .getBytes(US_ASCII));
            assertThat(readUntil(reader, "missed-1"))
                    .contains("text/event-stream")
                    .contains("id: ");
            receiver.post("/messages/live.jpg", new byte[] {1}, "X-Call-Id", "live-1");
            assertThat(readUntil(reader, "live-1")).contains("\"name\":\"live.jpg\"");
        }
    }

    private static String readUntil(Socket socket, String end) throws IOException {
        StringBuilder read = new StringBuilder();
        byte[] buffer = new byte[4096];
        while (read.indexOf(end) < 0 || !read.toString().endsWith("\n\r\n")) {
            int n = socket.getInputStream().read(buffer);
            if (n < 0) {
                throw new IOException("ended with: " + read);
            }
            read.append(new String(buffer, 0, n, ISO_8859_1));
        }
        return read.toString();
    }

    private String raw(String request) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), receiver.at("/").getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET,    /messages/nosuch.jpg,        404,",
        "GET,    /nosuch,                     404,",
        "GET,    /messages?before=x,          400,",
        "GET,    /messages?since=yesterday,   400,",
        "GET,    /messages?failed=x,          400,",
        "GET,    /messages.zip?until=now,     400,",
        "DELETE, /messages/a.jpg,             400,",
        "DELETE, /messages/a.jpg?call=nosuch, 404,",
        "DELETE, /messages?call=x,            405, GET",
        "PUT,    /messages/a.jpg,             405, 'GET, HEAD, POST, DELETE'",
        "POST,   /messages,                   405, GET",
        "GET,    /,                           200,",
        "HEAD,   /,                           200,",
        "HEAD,   /_/health,                   200,",
        "HEAD,   /_/ready,                    200,",
        "HEAD,   /messages/nosuch.jpg,        404,",
        "GET,    /metrics,                    404,"
    })
    void everyRouteAnswersWithItsStatus(String method, String path, int status, String allowed) throws Exception {
        HttpResponse<String> answer =
                receiver.send(HttpRequest.newBuilder(receiver.at(path)).method(method, BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Allow").orElse(null)).isEqualTo(allowed);
        if (status >= 400) {
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        }
    }
}
