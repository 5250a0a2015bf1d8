package imagefunctions.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import imagefunctions.gatewayclient.GatewayChoice;
import imagefunctions.gatewayclient.GatewayClient;
import imagefunctions.gatewayclient.Gateways;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FunctionCallTest {
    /** The connection ends without an answer. */
    private static final int NONE = 0;

    /** Names the header that says how long the body will be, of which only one byte is sent. */
    private static final String SIZE = "X-Size";

    private record Answer(int status, String header, String value) {}

    private final Queue<Answer> answers = new ArrayDeque<>();
    private final HttpServer functions;
    private final GatewayClient client = new GatewayClient(GatewayChoice.LEAST_REQUESTS, Optional.empty());
    private final FunctionCall call;
    private final Path result;
    private int calls;

    FunctionCallTest(@TempDir Path folder) throws IOException {
        functions = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        functions.createContext("/function/f", this::answer);
        functions.start();
        call = new FunctionCall(
                client,
                Gateways.parse("http://127.0.0.1:" + functions.getAddress().getPort()),
                "f");
        result = Files.createFile(folder.resolve("result"));
    }

    @AfterEach
    void stop() {
        client.close();
        functions.stop(0);
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        calls++;
        Answer answer = answers.size() > 1 ? answers.remove() : answers.element();
        if (answer.status() != NONE) {
            int said = Integer.parseInt(answer.header().equals(SIZE) ? answer.value() : "1");
            exchange.getResponseHeaders().set(answer.header(), answer.value());
            exchange.sendResponseHeaders(answer.status(), said == 0 ? -1 : said);
            exchange.getResponseBody().write(said == 0 ? new byte[0] : new byte[] {'r'});
        }
        exchange.close();
    }

    private String send() throws IOException, InterruptedException {
        return call.send(() -> new ByteArrayInputStream(new byte[] {1}), result);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 502, 503, 504})
    void whatMayPassIsTriedAgain(int status) throws Exception {
        answers.add(new Answer(status, "X-Any", "any"));
        answers.add(new Answer(200, "Content-Type", "image/png"));

        assertThat(send()).isEqualTo("image/png");
        assertThat(result).hasContent("r");
        assertThat(calls).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 415, 422, 500})
    void whatWouldComeAgainIsNot(int status) {
        answers.add(new Answer(status, "X-Any", "any"));

        assertThatThrownBy(this::send).isInstanceOf(IOException.class).hasMessage("f answered " + status + ".");
        assertThat(calls).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "200, 0, f answered 200 with an empty body: see its log.",
        "200, 10, The connection ended before all of the answer was there",
        "0, 0, The connection ended before all of the answer was there"
    })
    void whatIsNoWholeAnswerIsToldInWords(int status, String size, String reason) {
        answers.add(new Answer(status, SIZE, size));

        assertThatThrownBy(this::send).isInstanceOf(IOException.class).hasMessage(reason);
    }

    @Test
    void theFailedStepOfAWorkflowIsNotTriedAgain() {
        answers.add(new Answer(502, "X-Workflow-Step", "draft"));

        assertThatThrownBy(this::send).hasMessage("f answered 502.");
        assertThat(calls).isEqualTo(1);
    }

    @Test
    void aGatewayThatAsksForMinutesIsNotWaitedFor() {
        answers.add(new Answer(503, "Retry-After", "3600"));

        assertThatThrownBy(this::send).hasMessage("f answered 503.");
        assertThat(calls).isEqualTo(1);
    }

    @Test
    void aPictureThatCannotBeOpenedFailsWithItsReason() {
        answers.add(new Answer(200, "X-Any", "any"));

        assertThatThrownBy(() -> call.send(
                        () -> {
                            throw new NoSuchFileException("a.jpg", null, "it was deleted meanwhile");
                        },
                        result))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("it was deleted meanwhile");
    }
}
