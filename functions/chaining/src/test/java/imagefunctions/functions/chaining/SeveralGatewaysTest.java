package imagefunctions.functions.chaining;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import imagefunctions.gatewayclient.Gateways;
import imagefunctions.runtime.Reply;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
final class SeveralGatewaysTest {
    private static final JsonMapper JSON = new JsonMapper();

    private final Scene scene = new Scene();
    private final Peer other = new Peer();

    @AfterEach
    void close() {
        scene.close();
        other.close();
    }

    private Workflows workflows() {
        return scene.workflows(scene.settingsAt(new Gateways(List.of(scene.peer.url(), other.url()))));
    }

    private static JsonNode steps(Reply reply) throws Exception {
        return JSON.readTree(reply.body()).path("steps");
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 502, 503})
    void aCallThatOneGatewayRefusesGoesToAnotherWithinTheSameAttempt(int status) throws Exception {
        scene.peer.with("f", Peer.answers(status, "text/plain", "no"));
        other.with("f", Peer.appends("f"));
        scene.workflow("retry: 0\nsteps: [{function: f}]");
        Workflows workflows = workflows();

        while (scene.peer.seen().isEmpty()) {
            Reply reply = workflows.answer(Scene.call("POST", "explain=true", Map.of(), "body"));

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.headers())
                    .containsEntry("X-Gateway-Node", other.url().getAuthority());
            assertThat(steps(reply).get(0).path("attempts").asInt()).isEqualTo(1);
            assertThat(steps(reply).get(0).path("gateway").asText())
                    .isEqualTo(other.url().getAuthority());
        }
        assertThat(other.seen()).extracting(Peer.Seen::body).containsOnly("body");
    }

    @Test
    void theFailureOfANestedWorkflowIsNotTriedElsewhere() throws Exception {
        for (Peer peer : List.of(scene.peer, other)) {
            peer.with("f", (exchange, body) -> {
                exchange.getResponseHeaders().set("X-Workflow-Step", "inner");
                Peer.send(exchange, 502, "text/plain", body);
            });
        }
        scene.workflow("steps: [{function: f}]");

        assertThat(workflows().answer(Scene.post("-")).status()).isEqualTo(502);
        assertThat(scene.peer.seen().size() + other.seen().size()).isEqualTo(1);
    }

    @Test
    void theAnswerNamesEveryGatewayThatServedOnce() throws Exception {
        other.with("a", Peer.appends("a"));
        scene.workflow("steps: [{name: p, foreach: [1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16], function: a}]");

        Reply reply = workflows().answer(Scene.post("-"));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.headers().getOrDefault("X-Gateway-Node", "").split(", "))
                .containsExactlyInAnyOrder(
                        scene.peer.url().getAuthority(), other.url().getAuthority());
    }

    @Test
    void aFileMayNameSeveralGatewaysOfItsOwn() throws Exception {
        other.with("a", Peer.appends("a"));
        scene.workflow("gateway_url: [" + scene.peer.url() + ", " + other.url() + "/]\nsteps: [{function: a}]");
        Workflows workflows = scene.workflows(scene.settingsOfTheFiles());

        while (scene.peer.seen().isEmpty() || other.seen().isEmpty()) {
            assertThat(workflows.answer(Scene.post("-")).status()).isEqualTo(200);
        }
    }

    @Test
    void callsCarryTheCredentials() throws Exception {
        scene.credentials("admin", "secret").workflow("steps: [{function: a}]");

        scene.run("-");

        assertThat(scene.peer.only("a").header("Authorization")).isEqualTo("Basic YWRtaW46c2VjcmV0");
    }

    @Test
    void theCallersAuthorizationIsNotPassedOn() throws Exception {
        scene.workflow("steps: [{function: a}]");

        scene.workflows().answer(Scene.call("POST", "", Map.of("Authorization", "Bearer caller"), "-"));

        assertThat(scene.peer.only("a").header("Authorization")).isEqualTo("none");
    }
}
