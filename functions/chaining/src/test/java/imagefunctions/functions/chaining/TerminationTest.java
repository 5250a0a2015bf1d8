package imagefunctions.functions.chaining;

import static org.assertj.core.api.Assertions.assertThat;

import imagefunctions.runtime.Reply;
import imagefunctions.yaml.InvalidFileException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Random workflows against randomly failing functions: each one ends in time. */
final class TerminationTest {
    private static final int WORKFLOWS = 150;
    private static final List<String> FUNCTIONS =
            List.of("a", "b", "fails", "busy", "hangs", "trickles", "cut", "gone", "huge", "list", "html", "none");

    private final Scene scene = new Scene();

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void everyAcceptedWorkflowEndsWithinItsTime() throws Exception {
        scene.peer
                .with("fails", Peer.answers(500, "text/plain", "boom"))
                .with("busy", Peer.answers(503, "text/plain", "busy"))
                .with("hangs", scene.peer.hangs())
                .with("trickles", scene.peer.trickles())
                .with("cut", Peer.cutsOff())
                .with("gone", Peer.hangsUp())
                .with("huge", Peer.sends(200, 1L << 40))
                .with("list", Peer.answers(200, "application/json", "[1, 2, 3]"))
                .with("html", Peer.answers(200, "text/html", "<html>"));
        int accepted = 0;
        int answered = 0;
        for (int seed = 0; accepted < WORKFLOWS; seed++) {
            Writer writer = new Writer(new Random(seed));
            Workflows workflows;
            try {
                scene.file("inner.yml", writer.workflow(false)).file("workflow.yml", writer.workflow(true));
                workflows = scene.maxBody(100_000)
                        .maxHeld(300_000)
                        .execTimeout(Duration.ofSeconds(2))
                        .workflows();
            } catch (InvalidFileException refused) {
                continue;
            }
            accepted++;
            Reply reply = answer(workflows, seed);
            assertThat(reply.status()).as("seed " + seed).isIn(200, 502, 503, 504);
            answered += reply.status() == 200 ? 1 : 0;
        }
        assertThat(answered).as("random workflows that succeeded").isBetween(10, WORKFLOWS - 10);
    }

    /** The answer, due within two seconds; the longer timeout is for a busy machine. */
    private static Reply answer(Workflows workflows, int seed) throws Exception {
        CompletableFuture<Reply> answer = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                answer.complete(workflows.answer(Scene.call("POST", "tone=grey", Map.of(), "seed " + seed)));
            } catch (InterruptedException | RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        return answer.get(10, TimeUnit.SECONDS);
    }

    /** Writes random workflows, some of them invalid. */
    private static final class Writer {
        private final Random chance;
        private final List<String> lists = new ArrayList<>();
        private int names;

        Writer(Random chance) {
            this.chance = chance;
        }

        String workflow(boolean includes) {
            lists.clear();
            return "workflow: {timeout: " + (50 + chance.nextInt(250)) + "ms, retry: {times: " + chance.nextInt(4)
                    + ", delay: " + (1 + chance.nextInt(50)) + "ms}, steps: [" + steps(3, includes) + "]"
                    + (chance.nextInt(4) == 0 ? ", on_failure: {function: " + function() + ", timeout: 100ms}" : "")
                    + (chance.nextInt(4) == 0 ? ", finally: {function: " + function() + ", timeout: 100ms}" : "")
                    + "}\n";
        }

        private String steps(int depth, boolean includes) {
            StringBuilder steps = new StringBuilder();
            for (int i = chance.nextInt(3); i >= 0; i--) {
                steps.append('{').append(step(depth, includes)).append("},");
            }
            return steps.toString();
        }

        private String step(int depth, boolean includes) {
            String name = "s" + names++;
            String head = "name: " + name + ", ";
            int kind = chance.nextInt(depth == 0 ? 3 : 8);
            if (kind == 7) {
                lists.add(name);
                return head + "function: list";
            }
            return head
                    + common()
                    + switch (kind) {
                        case 3 -> "steps: [" + steps(depth - 1, includes) + "]";
                        case 4 -> "parallel: [" + steps(depth - 1, includes) + "], aggregate: " + aggregate();
                        case 5 ->
                            "foreach: " + values() + ", as: v, max_parallel: " + (1 + chance.nextInt(3))
                                    + ", aggregate: " + aggregate() + ", steps: [" + steps(depth - 1, includes) + "]";
                        case 6 -> includes ? "workflow: inner" : "function: a";
                        default ->
                            "function: " + function()
                                    + (chance.nextInt(3) == 0 ? ", timeout: " + (1 + chance.nextInt(200)) + "ms" : "")
                                    + (chance.nextInt(5) == 0 ? ", headers: {Accept: text/plain}" : "");
                    };
        }

        private String common() {
            return (chance.nextInt(3) == 0 ? "on_failure: continue, " : "")
                    + (chance.nextInt(5) == 0
                            ? "when: {query: {tone: " + (chance.nextBoolean() ? "grey" : "red") + "}}, "
                            : "");
        }

        private String values() {
            return lists.isEmpty() || chance.nextBoolean()
                    ? "[" + "x,".repeat(1 + chance.nextInt(6)) + "]"
                    : lists.get(chance.nextInt(lists.size()));
        }

        private String aggregate() {
            return switch (chance.nextInt(4)) {
                case 0 -> "zip";
                case 1 -> "first";
                case 2 -> "input";
                default -> function();
            };
        }

        private String function() {
            return chance.nextInt(3) > 0 ? "a" : FUNCTIONS.get(chance.nextInt(FUNCTIONS.size()));
        }
    }
}
