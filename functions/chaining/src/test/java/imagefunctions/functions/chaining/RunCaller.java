package imagefunctions.functions.chaining;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import imagefunctions.runtime.Reply;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Who calls the durable runs of a scene, asks about them, and steers them. */
final class RunCaller {
    private static final JsonMapper JSON = new JsonMapper();

    private final Scene scene;
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    RunCaller(Scene scene) {
        this.scene = scene;
    }

    /** Sends a call without a body, under an id that is no run's. */
    Reply ask(String query) throws InterruptedException {
        return ask(query, "steering");
    }

    Reply ask(String query, String callId) throws InterruptedException {
        return scene.workflows().answer(Scene.call("POST", query, Map.of("X-Call-Id", callId), ""));
    }

    JsonNode state(String run) throws Exception {
        return JSON.readTree(ask("state-flow=" + run).body());
    }

    /** Has the function append its name, but not before {@link #goOn}. */
    void hold(String function) {
        scene.peer.with(function, (exchange, body) -> {
            reached.countDown();
            goOn.await(30, TimeUnit.SECONDS);
            Peer.appends(function).answer(exchange, body);
        });
    }

    /** Lets the function that is held answer. */
    void goOn() {
        goOn.countDown();
    }

    /** Begins a run, and waits until it has come to the function that is held. */
    CompletableFuture<Reply> runInBackground() throws Exception {
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                reply.complete(scene.run("-"));
            } catch (Throwable e) {
                reply.completeExceptionally(e);
            }
        });
        reached.await();
        return reply;
    }
}
