package imagefunctions.localgateway.logs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import imagefunctions.runtime.funqy.AnsweredCall;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Followers behind a server whose system keeps little of what is not read. */
final class FollowerTest {
    private static final int SMALL = 8192;
    private static final int MANY = 40_000;
    private static final LogQuery QUERY = new LogQuery("bw", Optional.empty(), Instant.MIN, 0, true);

    private final Vertx vertx = Vertx.vertx();
    private final CallLogs logs = new CallLogs();
    private final HttpServer server = vertx.createHttpServer(new HttpServerOptions().setSendBufferSize(SMALL))
            .requestHandler(request -> {
                Follower follower = new Follower(
                        QUERY,
                        logs,
                        FollowerTest::texts,
                        vertx.getOrCreateContext(),
                        request.response().setChunked(true));
                follower.start();
                logs.onLine(function -> follower.wake());
            });

    private static Buffer texts(List<LogMessage> lines) {
        return Buffer.buffer(lines.stream().map(line -> line.text() + "\n").collect(Collectors.joining()));
    }

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void whoeverReadsTooSlowlyMissesLinesAndGoesOnWithThoseThatAreThere() throws Exception {
        server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().join();
        try (Socket reader = new Socket()) {
            reader.setReceiveBufferSize(SMALL);
            reader.setSoTimeout(20_000);
            reader.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.actualPort()));
            reader.getOutputStream().write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(ISO_8859_1));
            BufferedReader lines = new BufferedReader(new InputStreamReader(reader.getInputStream(), ISO_8859_1));
            assertThat(lines.readLine()).isEqualTo("HTTP/1.1 200 OK");

            for (int i = 1; i <= MANY; i++) {
                logs.answered(new AnsweredCall("bw", "x".repeat(100), "call " + i));
            }

            List<Integer> numbers = new ArrayList<>();
            for (int last = 0; last < MANY; ) {
                String line = Objects.requireNonNull(lines.readLine());
                if (line.startsWith("call ")) {
                    last = Integer.parseInt(line.split(" ", 3)[1]);
                    numbers.add(last);
                }
            }
            assertThat(numbers).isSorted().doesNotHaveDuplicates().hasSizeLessThan(MANY / 4);

            assertThat(numbers.reversed().subList(0, 1000)).allMatch(number -> number > MANY - 1000);
        }
    }
}
