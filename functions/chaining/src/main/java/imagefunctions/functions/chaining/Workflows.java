package imagefunctions.functions.chaining;

import imagefunctions.functions.chaining.graph.Graph;
import imagefunctions.functions.chaining.run.Outcome;
import imagefunctions.functions.chaining.run.Runner;
import imagefunctions.functions.chaining.workflow.Body;
import imagefunctions.functions.chaining.workflow.Bounds;
import imagefunctions.functions.chaining.workflow.Workflow;
import imagefunctions.gatewayclient.GatewayClient;
import imagefunctions.gatewayclient.Gateways;
import imagefunctions.imaging.Imaging;
import imagefunctions.pictures.ImageFunction;
import imagefunctions.runtime.Call;
import imagefunctions.runtime.Problem;
import imagefunctions.runtime.Reply;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Supplier;

/** All workflows, checked at startup; runs the one that a call asks for and builds the reply. */
@Singleton
@Startup
final class Workflows {
    private static final String LEFT_OUT = "X-Workflow-Left-Out";

    private final SortedMap<String, Workflow> workflows;
    private final Runner runner;
    private final Supplier<Optional<Gateways>> gateways;
    private final Duration execTimeout;

    Workflows(Settings settings) {
        this.workflows = WorkflowFolder.read(
                settings.folder(), settings.gateways().gateways().get());
        this.runner = new Runner(
                settings.gateways().client(),
                settings.maxBody(),
                settings.maxHeld(),
                new Imaging(settings.pixels()),
                settings.threads());
        this.gateways = settings.gateways().gateways();
        this.execTimeout = settings.execTimeout();
        workflows.values().forEach(this::timeout);
    }

    Reply answer(Call call) throws InterruptedException {
        Workflow workflow = chosen(call);
        Optional<String> export = parameter(call, "export");
        if (export.isPresent()) {
            return exported(Graph.of(workflow), export.get());
        }
        return switch (call.method()) {
            case "POST" -> run(workflow, call);
            case "GET", "HEAD" -> Reply.text(Usage.of(workflows.keySet(), call));
            default ->
                throw new Problem.MethodNotAllowed(
                                call.method(), "GET, HEAD, POST", "POST a picture, or GET the usage text")
                        .asException();
        };
    }

    private Reply run(Workflow workflow, Call call) throws InterruptedException {
        boolean explain = explains(call);
        Outcome outcome = runner.run(workflow, gateways.get(), call, timeout(workflow), hops(call));
        Reply reply =
                switch (outcome) {
                    case Outcome.Done(Body body, var leftOut, var report) ->
                        reply(200, explain ? report.explained(leftOut) : body);
                    case Outcome.Failed(var failure, var leftOut, var report) ->
                        reply(
                                        failure.status(),
                                        explain ? report.explainedProblem(failure, leftOut) : report.problem(failure))
                                .with(Runner.STEP, failure.step());
                };
        int frames = outcome.report().frames();
        return withList(
                withList(
                        frames == 1 ? reply : reply.with(ImageFunction.FRAMES, Integer.toString(frames)),
                        LEFT_OUT,
                        outcome.leftOut()),
                GatewayClient.NODE,
                outcome.report().gateways());
    }

    private static Reply withList(Reply reply, String header, List<String> list) {
        return list.isEmpty() ? reply : reply.with(header, String.join(", ", list));
    }

    private static Reply reply(int status, Body body) {
        return Reply.of(status, body.contentType(), body.bytes());
    }

    /** The time for a workflow's steps: its own timeout, or less if exec_timeout leaves less after the final hooks. */
    private Duration timeout(Workflow workflow) {
        Duration toAnswer = execTimeout.dividedBy(20);
        Duration left = execTimeout.minus(workflow.finalHooksTimeout()).minus(toAnswer);
        if (!left.isPositive()) {
            throw new IllegalArgumentException("exec_timeout is " + execTimeout.toMillis() + " ms, but the workflow \""
                    + workflow.name() + "\" reserves "
                    + workflow.finalHooksTimeout().toMillis()
                    + " ms of it for on_failure and finally: raise it, or give them shorter timeouts.");
        }
        return workflow.timeout().compareTo(left) < 0 ? workflow.timeout() : left;
    }

    private Workflow chosen(Call call) {
        String name = parameter(call, "workflow").orElse(WorkflowFolder.DEFAULT);
        Workflow workflow = workflows.get(name);
        if (workflow == null) {
            throw new Problem.BadRequest("There is no workflow \"" + name + "\"; the workflows are: "
                            + String.join(", ", workflows.keySet()) + ".")
                    .asException();
        }
        return workflow;
    }

    private static Reply exported(Graph graph, String format) {
        return switch (format) {
            case "dot" -> Reply.text(graph.dot()).with("Content-Type", "text/vnd.graphviz; charset=utf-8");
            case "mermaid" -> Reply.text(graph.mermaid());
            default ->
                throw new Problem.BadRequest("export must be dot or mermaid, not \"" + format + "\".").asException();
        };
    }

    private static boolean explains(Call call) {
        String explain = parameter(call, "explain").orElse("false");
        return switch (explain) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw new Problem.BadRequest("explain must be true or false, not \"" + explain + "\".").asException();
        };
    }

    /** How many workflows led to this call, by the header that each of them increments. */
    private static int hops(Call call) {
        String hops = call.header(Runner.HOPS).orElse("0");
        if (!hops.matches("\\d{1,4}")) {
            throw new Problem.BadRequest("The header " + Runner.HOPS + " is \"" + hops + "\": leave it out.")
                    .asException();
        }
        if (Integer.parseInt(hops) >= Bounds.HOPS) {
            throw new Problem.BadRequest("Workflows have called each other " + hops + " times, and at most "
                            + Bounds.HOPS + " are allowed: look for one that calls itself.")
                    .asException();
        }
        return Integer.parseInt(hops);
    }

    /** One of chaining's own parameters; the others are there for {@code when} to test. */
    private static Optional<String> parameter(Call call, String name) {
        var values = call.query().get(name);
        if (values == null) {
            return Optional.empty();
        }
        if (values.size() > 1) {
            throw new Problem.BadRequest(
                            "The parameter \"" + name + "\" is given " + values.size() + " times: give it once.")
                    .asException();
        }
        return Optional.of(values.getFirst());
    }
}
