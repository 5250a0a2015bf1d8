package imagefunctions.functions.chaining.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imagefunctions.functions.chaining.workflow.Aggregate;
import imagefunctions.functions.chaining.workflow.Condition;
import imagefunctions.functions.chaining.workflow.FunctionCall;
import imagefunctions.functions.chaining.workflow.IfFailed;
import imagefunctions.functions.chaining.workflow.OneOf;
import imagefunctions.functions.chaining.workflow.Retry;
import imagefunctions.functions.chaining.workflow.Step;
import imagefunctions.functions.chaining.workflow.Template;
import imagefunctions.functions.chaining.workflow.Values;
import imagefunctions.functions.chaining.workflow.Workflow;
import imagefunctions.gatewayclient.Gateways;
import imagefunctions.yaml.InvalidFileException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WorkflowFilesTest {
    private static final String SEED = """
            workflow:
              name: Image Chaining Workflow
              gateway_url: "http://gateway.openfaas:8080/"
              steps:
                - name: transpose
                  function: transpose
                  method: POST
                - name: bw
                  function: bw
                  method: POST
                - name: thumbnail
                  function: thumbnail
                  method: POST
            """;

    private static Workflow read(String text) {
        return Objects.requireNonNull(WorkflowFiles.read(Map.of("workflow.yml", text), Optional.empty())
                .get("workflow"));
    }

    /** A file whose steps start at line 5, at the indentation of these. */
    private static String withSteps(String steps) {
        return """
                workflow:
                  name: test
                  gateway_url: http://gateway:8080
                  steps:
                """ + steps.indent(4);
    }

    private static FunctionCall post(String function) {
        return new FunctionCall(function, "POST", Map.of(), Map.of(), Duration.ofSeconds(30), Retry.DEFAULT);
    }

    private static Step.Head head(String name) {
        return new Step.Head(name, Condition.always(), IfFailed.FAIL);
    }

    @Test
    void theSimplestFileGetsEveryDefault() {
        assertThat(read(SEED))
                .isEqualTo(new Workflow(
                        "workflow",
                        "Image Chaining Workflow",
                        Gateways.parse("http://gateway.openfaas:8080"),
                        false,
                        Duration.ofSeconds(60),
                        List.of(
                                new Step.Function(head("transpose"), post("transpose")),
                                new Step.Function(head("bw"), post("bw")),
                                new Step.Function(head("thumbnail"), post("thumbnail"))),
                        Optional.empty(),
                        Optional.empty(),
                        Map.of("workflow.yml", SEED)));
    }

    @ParameterizedTest
    @CsvSource({
        "'\"http://gateway:8080\"',              http://gateway:8080",
        "http://gateway:8080/,                   http://gateway:8080",
        "'http://a:1/, http://b:2',              'http://a:1, http://b:2'",
        "'[http://a:1, http://b:2/]',            'http://a:1, http://b:2'",
        "https://faas.example/behind/a/path//,   https://faas.example/behind/a/path"
    })
    void aFileNamesOneGatewayOrSeveral(String written, String read) {
        assertThat(read(SEED.replace("\"http://gateway.openfaas:8080/\"", written))
                        .gateways())
                .hasToString(read);
    }

    @Test
    void theGatewayOfTheEnvironmentOverridesThatOfEveryFile() {
        var workflows = WorkflowFiles.read(
                Map.of("a.yml", SEED, "b.yaml", SEED.replaceAll("(?m)^ +gateway_url.*\n", "")),
                Optional.of(Gateways.parse("http://here:1")));

        assertThat(workflows.values()).extracting(Workflow::gateways).containsOnly(Gateways.parse("http://here:1"));
    }

    @Test
    void everyKindOfStepIsReadWithAllItsKeys() {
        Workflow workflow = read("""
                workflow:
                  gateway_url: http://gateway:8080
                  timeout: 2m
                  retry: {times: 1, delay: 50ms}
                  steps:
                    - function: turn
                      method: put
                      query: {angle: 90}
                      headers: {Accept: image/*}
                      timeout: 1500ms
                      retry: 0
                      when: {query: {turn: [left, right]}, not: {larger_than: 2M}}
                      on_failure: continue
                    - name: sizes
                      function: list-sizes
                    - name: both
                      parallel:
                        - name: small
                          steps: [{function: thumbnail}]
                        - function: bw
                      aggregate: collage
                    - name: each
                      foreach: sizes
                      as: size
                      max_parallel: 2
                      function: resize
                      query: {width: "${size}"}
                      aggregate: first
                    - name: colours
                      foreach: [red, 7]
                      steps: [{function: tint, query: {colour: "${value}"}}]
                      aggregate: {function: collage, query: {columns: 2}}
                  on_failure: report
                  finally: {function: clean, timeout: 1s}
                """);

        Retry once = new Retry(1, Duration.ofMillis(50));
        Duration half = Duration.ofSeconds(30);
        assertThat(workflow.timeout()).isEqualTo(Duration.ofMinutes(2));
        assertThat(workflow.steps())
                .containsExactly(
                        new Step.Function(
                                new Step.Head(
                                        "turn",
                                        new Condition.All(List.of(
                                                new Condition.Query("turn", new OneOf(List.of("left", "right"))),
                                                new Condition.Not(new Condition.LargerThan(2 << 20)))),
                                        new IfFailed.Continue()),
                                new FunctionCall(
                                        "turn",
                                        "PUT",
                                        Map.of("angle", new Template("90")),
                                        Map.of("Accept", new Template("image/*")),
                                        Duration.ofMillis(1500),
                                        new Retry(0, Duration.ofMillis(200)))),
                        new Step.ListCall(
                                head("sizes"), new FunctionCall("list-sizes", "POST", Map.of(), Map.of(), half, once)),
                        new Step.Parallel(
                                head("both"),
                                List.of(
                                        new Step.Sequence(
                                                head("small"),
                                                List.of(new Step.Function(
                                                        head("thumbnail"),
                                                        new FunctionCall(
                                                                "thumbnail", "POST", Map.of(), Map.of(), half, once)))),
                                        new Step.Function(
                                                head("bw"),
                                                new FunctionCall("bw", "POST", Map.of(), Map.of(), half, once))),
                                new Aggregate.ByFunction(
                                        new FunctionCall("collage", "POST", Map.of(), Map.of(), half, once))),
                        new Step.Foreach(
                                head("each"),
                                new Values.FromStep("sizes"),
                                "size",
                                2,
                                List.of(new Step.Function(
                                        head("resize"),
                                        new FunctionCall(
                                                "resize",
                                                "POST",
                                                Map.of("width", new Template("${size}")),
                                                Map.of(),
                                                half,
                                                once))),
                                new Aggregate.First()),
                        new Step.Foreach(
                                head("colours"),
                                new Values.Literals(List.of("red", "7")),
                                "value",
                                4,
                                List.of(new Step.Function(
                                        head("tint"),
                                        new FunctionCall(
                                                "tint",
                                                "POST",
                                                Map.of("colour", new Template("${value}")),
                                                Map.of(),
                                                half,
                                                once))),
                                new Aggregate.ByFunction(new FunctionCall(
                                        "collage",
                                        "POST",
                                        Map.of("columns", new Template("2")),
                                        Map.of(),
                                        half,
                                        once))));
        assertThat(workflow.onFailure())
                .hasValue(new FunctionCall("report", "POST", Map.of(), Map.of(), Duration.ofSeconds(5), Retry.NEVER));
        assertThat(workflow.onCompletion())
                .hasValue(new FunctionCall("clean", "POST", Map.of(), Map.of(), Duration.ofSeconds(1), Retry.NEVER));
        assertThat(workflow.finalHooksTimeout()).isEqualTo(Duration.ofSeconds(6));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            bw, thumbnail                                        | bw+thumbnail
            x, bw, thumbnail, draft, y, transpose                | x, bw+thumbnail+draft, y, transpose
            bw, {function: draft, query: {size: 10}}             | bw+draft
            bw, {function: draft, when: {larger_than: 1}}, thumbnail | bw, draft, thumbnail
            bw, {function: draft, on_failure: continue}          | bw, draft
            bw, {function: draft, headers: {Accept: image/*}}    | bw, draft
            bw, {function: draft, method: PUT}                   | bw, draft
            """)
    void consecutiveImageOperationsBecomeOneStepWithPushdown(String steps, String names) {
        String list = steps.replaceAll("(^|, )([a-z]+)(?=,|$)", "$1{function: $2}");
        String text = withSteps("[" + list + "]");

        assertThat(read(text).steps()).noneMatch(Step.OnePass.class::isInstance);
        assertThat(read(text.replace("  name: test", "  pushdown: true")).steps())
                .extracting(Step::name)
                .containsExactly(names.split(", ", -1));
        assertThat(read(text.replace("  name: test", "  pushdown: true")).size())
                .isEqualTo(read(text).size());
    }

    @Test
    void aWorkflowIncludesAnother() {
        var workflows = WorkflowFiles.read(
                Map.of("inner.yml", SEED, "outer.yml", withSteps("- workflow: inner\n- function: bw")),
                Optional.empty());

        Workflow outer = Objects.requireNonNull(workflows.get("outer"));
        assertThat(outer.steps().getFirst())
                .isEqualTo(new Step.Included(head("inner"), Objects.requireNonNull(workflows.get("inner"))));
        assertThat(outer.size()).isEqualTo(5);
        assertThat(outer.depth()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            5 | - {function: bw, aggregate: zip}                        | a function step has no key "aggregate"; it has: name, when, if_failed, on_failure, function, method, query, headers, timeout, retry
            5 | - {functoin: x}                                         | a step has no key "functoin"; it has: name, when, if_failed, on_failure, foreach,
            5 | - {name: x}                                             | a step needs one of foreach, function, steps, parallel, workflow
            5 | - {function: }                                          | expected text here, but found nothing
            5 | - {function: [a]}                                       | expected text here, but found a list
            5 | - {function: a/b}                                       | "a/b" is not valid here: write a function's name, of letters, digits and - _ .
            5 | - {function: a, name: "a\\nb"}                          | is not valid here: write a name of up to 64 letters, digits, spaces and . _ -
            5 | - {function: a, function: b}                            | the key "function" occurs twice here
            6 | - function: a¶- function: a                            | two steps here are called "a": give each a unique name
            5 | - {function: a, timeout: 30}                            | "30" is not valid here: write a duration such as 500ms, 30s or 2m, at most 60m
            5 | - {function: a, timeout: 0s}                            | "0s" is not valid here: write a duration such as 500ms, 30s or 2m, at most 60m
            5 | - {function: a, timeout: 61m}                           | "61m" is not valid here: write a duration such as 500ms, 30s or 2m, at most 60m
            5 | - {function: a, method: FETCH}                          | "FETCH" is not valid here: write one of
            5 | - {function: a, retry: 11}                              | "11" is not valid here: write a number from 0 to 10
            5 | - {function: a, retry: {tries: 1}}                      | retry has no key "tries"; it has: times, delay
            5 | - {function: a, query: [x]}                             | expected a mapping (key: value) here, but found a list
            5 | - {function: a, query: {x: "${size}"}}                  | "${size}" is not defined here: only steps within a foreach have a variable
            5 | - {function: a, headers: {Host: x}}                     | the header Host cannot be sent
            5 | - {function: a, headers: {X-Call-Id: x}}                | the header X-Call-Id cannot be set: chaining sets it on every call
            5 | - {function: a, on_failure: ignore}                     | "ignore" is not valid here: write fail, continue or {use: FUNCTION}
            5 | - {function: a, on_failure: fail, if_failed: fail}      | a step has if_failed or on_failure, its old name, but not both
            5 | - {function: a, if_failed: {call: b}}                   | if_failed has no key "call"; it has: use
            5 | - {function: a, query: {x: "${query.}"}}                | "${query.}" is not defined here
            5 | - {function: a, when: {answer: {b: c}}}                 | no step before this one is called "b": answer tests an earlier function step
            5 | - {name: b, function: a, when: {query: {x: y}}}¶- {function: a, when: {answer: {b: c}}} | it must be a function step without when and if_failed
            5 | - {name: x, foreach: [1], function: a, query: {a: "${value:2}"}} | "${value}" needs no default
            5 | - {name: x, foreach: {entries_of: tar}, function: a}    | write {entries_of: zip} for the files of the zip
            5 | - {function: a, when: {}}                               | when has no condition
            5 | - {function: a, when: {size: 3}}                        | when has no key "size"; it has: query, header, answer, content_type, larger_than, smaller_than, not
            5 | - {function: a, when: {larger_than: 3 MB}}              | "3 MB" is not valid here: write a number of bytes such as 500000, 500K or 2M
            5 | - {steps: [{function: a}]}                              | a steps step needs a name
            5 | - {name: x, steps: []}                                  | expected a list here, but found an empty list
            5 | - {name: x, steps: a}                                   | expected a list here, but found the text "a"
            6 | - name: x¶  parallel: [{function: a}, {function: a}]   | two steps here are called "a"
            5 | - {name: x, parallel: [{function: a}], aggregate: a b}  | "a b" is not valid here: write a function's name
            5 | - {name: x, foreach: [1]}                               | a foreach step needs a function, steps or a workflow
            5 | - {name: x, foreach: y, function: a}                    | no step before this one is called "y"
            5 | - {name: x, foreach: [1], as: a-b, function: a}         | "a-b" is not valid here: write a name of up to 32 letters
            5 | - {name: x, foreach: [1], max_parallel: 0, function: a} | "0" is not valid here: write a number from 1 to 32
            5 | - {name: x, foreach: [1], steps: [{function: a}], query: {a: b}} | a foreach step has no key "query"
            5 | - {name: y, function: a, on_failure: continue}¶- {name: x, foreach: y, function: a} | it must be a function step without when and if_failed
            6 | - function: a¶- workflow: other                        | there is no workflow "other"; the workflows are: workflow
            6 | - function: a¶- workflow: workflow                     | the workflows include each other in a cycle: workflow -> workflow
            5 | - &a [*a]                                               | the file is too large
            7 | - function: a¶  function b                             | this is not YAML
            """)
    void errorsNameTheFileAndLine(int line, String steps, String message) {
        assertThatThrownBy(() -> read(withSteps(steps.replace("¶", "\n"))))
                .isInstanceOf(InvalidFileException.class)
                .hasMessageStartingWith("workflow.yml:" + line + ": ")
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            ~~                                                              | 1 | the file is empty
            steps: []                                                       | 1 | the file has no key "steps"; it has: workflow
            workflow: {gateway_url: http://g}                             | 1 | the key "steps" is missing
            workflow:¶  steps: [{function: a}]                            | 2 | the key "gateway_url" is missing
            workflow:¶  gateway_url: gateway:8080¶  steps: [{function: a}] | 2 | write an address such as http://gateway.openfaas:8080
            workflow:¶  gatewayurl: x                                     | 2 | workflow has no key "gatewayurl"
            workflow:¶  timeout: soon¶  steps: [{function: a}]¶  gateway_url: http://g                                     | 2 | "soon" is not valid here
            """)
    void aFileThatIsNotAWorkflowIsRefused(String text, int line, String message) {
        assertThatThrownBy(() -> read(text.replace("¶", "\n")))
                .isInstanceOf(InvalidFileException.class)
                .hasMessageStartingWith("workflow.yml:" + line + ": ")
                .hasMessageContaining(message);
    }

    @Test
    void aCycleOfIncludesIsReportedWithEveryFileInIt() {
        var files = Map.of(
                "a.yml", withSteps("- workflow: b"),
                "b.yml", withSteps("- function: x\n- name: in\n  steps: [{workflow: c}]"),
                "c.yml", withSteps("- workflow: a"));

        assertThatThrownBy(() -> WorkflowFiles.read(files, Optional.empty()))
                .hasMessage("c.yml:5: the workflows include each other in a cycle: a -> b -> c -> a");
    }

    @ParameterizedTest
    @CsvSource({"101, true", "100, false"})
    void aWorkflowHasABoundedNumberOfSteps(int steps, boolean refused) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < steps; i++) {
            text.append("- {function: f, name: s").append(i).append("}\n");
        }
        assertRefused(refused, "the workflow has 101 steps", withSteps(text.toString()));
    }

    @ParameterizedTest
    @CsvSource({"11, true", "10, false"})
    void theNestingOfStepsIsBounded(int depth, boolean refused) {
        String text = "{function: f}";
        for (int i = 1; i < depth; i++) {
            text = "{name: s, steps: [" + text + "]}";
        }
        assertRefused(refused, "steps are nested more than 10 deep", withSteps("- " + text));
    }

    @ParameterizedTest
    @CsvSource({"parallel, 33, true", "parallel, 32, false", "foreach, 101, true", "foreach, 100, false"})
    void branchesAndValuesAreBounded(String kind, int count, boolean refused) {
        StringBuilder text =
                new StringBuilder("- {name: x, " + (kind.equals("foreach") ? "function: f, " : "") + kind + ": [");
        for (int i = 0; i < count; i++) {
            text.append(kind.equals("foreach") ? i + "," : "{function: f, name: s" + i + "},");
        }
        assertRefused(refused, "there are " + count, withSteps(text + "]}"));
    }

    @Test
    void includedStepsCountEachTime() {
        var files = new TreeMap<String, String>();
        files.put("w0.yml", withSteps("- function: f"));
        for (int i = 1; i < 9; i++) {
            String inner = "workflow: w" + (i - 1);
            files.put("w" + i + ".yml", withSteps("- {name: a, " + inner + "}\n- {name: b, " + inner + "}"));
        }
        assertThatThrownBy(() -> WorkflowFiles.read(files, Optional.empty()))
                .hasMessageContaining("w6.yml:5: the workflow has 190 steps");
    }

    private static void assertRefused(boolean refused, String message, String text) {
        if (refused) {
            assertThatThrownBy(() -> read(text)).hasMessageContaining(message);
        } else {
            assertThat(read(text).size()).isPositive();
        }
    }

    /** Each would be looked for to the end of the text. */
    @Test
    void variablesThatNothingEndsCostNoTime() {
        String open = "${".repeat(20_000);
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadCpuTime();

        Template template = new Template("${a}" + open);

        assertThat(template.variables()).containsExactly(new Template.Variable("a", false));
        assertThat(template.with(Optional::of)).isEqualTo("a" + open);
        assertThat(threads.getCurrentThreadCpuTime() - before).isLessThan(1_000_000_000);
    }
}
