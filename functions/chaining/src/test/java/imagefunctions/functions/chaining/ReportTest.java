package imagefunctions.functions.chaining;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import imagefunctions.runtime.Reply;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ReportTest {
    private final Scene scene = new Scene();

    @AfterEach
    void close() {
        scene.close();
    }

    private List<String> logged(String body) throws InterruptedException {
        List<String> lines = new CopyOnWriteArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord record) {
                lines.add(record.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger("imagefunctions.functions.chaining");
        logger.addHandler(handler);
        try {
            scene.run(body);
        } finally {
            logger.removeHandler(handler);
        }
        return lines;
    }

    @Test
    void everyStepIsLoggedInOneLine() throws Exception {
        scene.peer.with("big", Peer.answers(200, "image/jpeg", "x".repeat(208_856)));
        scene.workflow("""
                steps:
                  - {name: transpose, function: big}
                  - {name: in, steps: [{function: a}]}
                  - {name: e, foreach: [7], function: b, aggregate: first}
                """);

        List<String> lines = logged("-");

        assertThat(lines.get(0)).matches("\\[0] transpose 208856 byte\\(s\\) HTTP: 200 - \\d+\\.\\d{6}s");
        assertThat(lines.get(1)).matches("\\[1\\.0] a 208857 byte\\(s\\) HTTP: 200 - \\d+\\.\\d{6}s");
        assertThat(lines.get(2)).matches("\\[2\\.0\\.0] b 208858 byte\\(s\\) HTTP: 200 - \\d+\\.\\d{6}s");
        assertThat(lines).hasSize(3);
    }

    @Test
    void aStepThatFailsIsLoggedTheSameWay() throws Exception {
        scene.peer.with("bad", Peer.answers(500, "text/plain", "boom"));
        scene.workflow("steps: [{function: a}, {name: bw, function: bad}]");

        assertThat(logged("-").getLast()).matches("\\[1] bw 0 byte\\(s\\) HTTP: 500 - \\d+\\.\\d{6}s");
    }

    @Test
    void aStepWithoutAnAnswerThatCanBeUsedIsLoggedWithTheReason() throws Exception {
        scene.peer.with("bad", Peer.cutsOff());
        scene.workflow("steps: [{function: bad}]");

        assertThat(logged("-").getLast())
                .matches("\\[0] bad The step \"bad\" \\(function bad\\) answered 200, but its body was cut short .*s");
    }

    @Test
    void theTimelineIsAnsweredInsteadOfThePicture() throws Exception {
        scene.peer.with("slow", Peer.recovers(1, 503, Peer.appends("s")));
        scene.workflow("""
                retry: {delay: 1ms}
                steps:
                  - function: slow
                  - {function: a, when: {larger_than: 9}}
                  - {name: x, function: none, on_failure: continue}
                """);

        Reply reply = scene.explain("-");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.headers()).containsEntry("Content-Type", "application/json");
        JsonNode json = new JsonMapper().readTree(reply.body());
        assertThat(json.path("workflow").asText()).isEqualTo("workflow");
        assertThat(json.path("callId").asText()).isEqualTo("call-1");
        assertThat(json.path("leftOut")).extracting(JsonNode::asText).containsExactly("x");
        assertThat(json.path("steps"))
                .extracting(step -> "%s %s %s %s %s %s %s"
                        .formatted(
                                step.path("index").asText(),
                                step.path("step").asText(),
                                step.path("function").asText(),
                                step.path("end").asText(),
                                step.path("attempts").asText(),
                                step.path("status").asText(),
                                step.path("bytes").asText()))
                .containsExactly("0 slow slow done 2 200 2", "1 a  skipped 0 0 0", "2 x none failed 1 404 0");
        assertThat(json.at("/steps/0/milliseconds").asDouble()).isPositive();
    }

    @Test
    void aFailureIsNeverExplainedAsASuccess() throws Exception {
        scene.workflow("steps: [{function: a}, {function: none}]");

        Reply reply = scene.explain("-");

        assertThat(reply.status()).isEqualTo(502);
        JsonNode json = new JsonMapper().readTree(reply.body());
        assertThat(json.path("step").asText()).isEqualTo("none");
        assertThat(json.path("steps")).hasSize(2);
    }

    private String exported(String format) throws InterruptedException {
        scene.workflow("""
                name: All "kinds"
                steps:
                  - function: a
                  - {name: grey, function: b, query: {k: 1}, when: {query: {tone: grey}}, on_failure: continue}
                  - {name: names, function: list}
                  - name: both
                    parallel: [{function: a}, {name: s, steps: [{function: c}]}]
                    aggregate: first
                  - {name: each, foreach: names, as: v, function: c, aggregate: join}
                on_failure: report
                finally: clean
                """);
        return Scene.text(scene.workflows().answer(Scene.call("GET", "export=" + format, Map.of(), "")));
    }

    @Test
    void theGraphIsExportedForMermaid() throws Exception {
        assertThat(exported("mermaid")).isEqualTo("""
                flowchart TD
                  n0(["request"])
                  n1["a"]
                  n2{"query tone is grey?"}
                  n3["grey (may fail)<br/>function b<br/>k=1"]
                  n4["names<br/>function list"]
                  n5{{"both<br/>in parallel"}}
                  n6["a"]
                  subgraph g8["s"]
                    n7["c"]
                  end
                  n9{{"first"}}
                  subgraph g13["each"]
                    n10{{"for each v of what names answers<br/>at most 4 at a time"}}
                    n11["join"]
                    n12["c"]
                  end
                  n14(["answer"])
                  n15(["a step fails"])
                  n16["report"]
                  n17(["in either case"])
                  n18["clean"]
                  n0 --> n1
                  n1 --> n2
                  n2 -->|"yes"| n3
                  n3 --> n4
                  n2 -->|"no"| n4
                  n3 --> n5
                  n2 -->|"no"| n5
                  n5 --> n6
                  n5 --> n7
                  n6 --> n9
                  n7 --> n9
                  n9 --> n10
                  n4 -.->|"list"| n10
                  n10 --> n12
                  n12 --> n11
                  n11 --> n14
                  n15 -.->|"on_failure"| n16
                  n17 -.->|"finally"| n18
                """);
    }

    @Test
    void theGraphIsExportedForGraphviz() throws Exception {
        assertThat(exported("dot")).isEqualTo("""
                digraph "All \\"kinds\\"" {
                  n0 [shape=oval, label="request"];
                  n1 [shape=box, label="a"];
                  n2 [shape=diamond, label="query tone is grey?"];
                  n3 [shape=box, label="grey (may fail)\\nfunction b\\nk=1"];
                  n4 [shape=box, label="names\\nfunction list"];
                  n5 [shape=hexagon, label="both\\nin parallel"];
                  n6 [shape=box, label="a"];
                  subgraph cluster_g8 {
                    label="s";
                    n7 [shape=box, label="c"];
                  }
                  n9 [shape=hexagon, label="first"];
                  subgraph cluster_g13 {
                    label="each";
                    n10 [shape=hexagon, label="for each v of what names answers\\nat most 4 at a time"];
                    n11 [shape=box, label="join"];
                    n12 [shape=box, label="c"];
                  }
                  n14 [shape=oval, label="answer"];
                  n15 [shape=oval, label="a step fails"];
                  n16 [shape=box, label="report"];
                  n17 [shape=oval, label="in either case"];
                  n18 [shape=box, label="clean"];
                  n0 -> n1;
                  n1 -> n2;
                  n2 -> n3 [label="yes"];
                  n3 -> n4;
                  n2 -> n4 [label="no"];
                  n3 -> n5;
                  n2 -> n5 [label="no"];
                  n5 -> n6;
                  n5 -> n7;
                  n6 -> n9;
                  n7 -> n9;
                  n9 -> n10;
                  n4 -> n10 [label="list", style=dashed];
                  n10 -> n12;
                  n12 -> n11;
                  n11 -> n14;
                  n15 -> n16 [label="on_failure", style=dashed];
                  n17 -> n18 [label="finally", style=dashed];
                }
                """);
    }
}
