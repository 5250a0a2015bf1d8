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

/** Every workflow there is, checked at start: it chooses the one that a call wants, and words the answer. */
@Singleton
@Startup
final class Workflows {
    private static final String LEFT_OUT = "X-Workflow-Left-Out";

    private final SortedMap<String, Workflow> flows;
    private final Runner runner;
    private final Supplier<Optional<Gateways>> gateways;
    private final Duration execTimeout;

    Workflows(Settings settings) {
        this.flows = WorkflowFolder.read(settings.folder(), settings.gateways().get());
        this.runner = new Runner(
                new GatewayClient(settings.choice(), settings.credentials()),
                settings.maxBody(),
                settings.maxHeld(),
                new Imaging(settings.pixels()),
                settings.threads());
        this.gateways = settings.gateways();
        this.execTimeout = settings.execTimeout();
        flows.values().forEach(this::time);
    }

    Reply answer(Call call) throws InterruptedException {
        Workflow flow = chosen(call);
        Optional<String> export = parameter(call, "export");
        if (export.isPresent()) {
            return exported(Graph.of(flow), export.get());
        }
        return switch (call.method()) {
            case "POST" -> run(flow, call);
            case "GET", "HEAD" -> Reply.text(Usage.of(flows.keySet(), call));
            default ->
                throw new Problem.MethodNotAllowed(call.method(), "POST, GET, HEAD", "POST a picture, or GET how to")
                        .asException();
        };
    }

    private Reply run(Workflow flow, Call call) throws InterruptedException {
        boolean explain = explains(call);
        Outcome outcome = runner.run(flow, gateways.get(), call, time(flow), hops(call));
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
        return told(
                told(reply, LEFT_OUT, outcome.leftOut()),
                GatewayClient.NODE,
                outcome.report().gateways());
    }

    private static Reply told(Reply reply, String header, List<String> list) {
        return list.isEmpty() ? reply : reply.with(header, String.join(", ", list));
    }

    private static Reply reply(int status, Body body) {
        return Reply.of(status, body.contentType(), body.bytes());
    }

    /** The time for a workflow's steps: its own, or what exec_timeout leaves after the functions at its end. */
    private Duration time(Workflow flow) {
        Duration toAnswer = execTimeout.dividedBy(20);
        Duration left = execTimeout.minus(flow.closingTime()).minus(toAnswer);
        if (!left.isPositive()) {
            throw new IllegalArgumentException(
                    "exec_timeout is " + execTimeout.toMillis() + " ms, of which the workflow \""
                            + flow.name() + "\" needs " + flow.closingTime().toMillis()
                            + " ms for on_failure and finally: raise it, or give those less time.");
        }
        return flow.timeout().compareTo(left) < 0 ? flow.timeout() : left;
    }

    private Workflow chosen(Call call) {
        String name = parameter(call, "workflow").orElse(WorkflowFolder.DEFAULT);
        Workflow flow = flows.get(name);
        if (flow == null) {
            throw new Problem.BadRequest("There is no workflow \"" + name + "\"; there are: "
                            + String.join(", ", flows.keySet()) + ".")
                    .asException();
        }
        return flow;
    }

    private static Reply exported(Graph graph, String format) {
        return switch (format) {
            case "dot" -> Reply.text(graph.dot()).with("Content-Type", "text/vnd.graphviz; charset=utf-8");
            case "mermaid" -> Reply.text(graph.mermaid());
            default ->
                throw new Problem.BadRequest("export is \"" + format + "\": it can be dot or mermaid.").asException();
        };
    }

    private static boolean explains(Call call) {
        String explain = parameter(call, "explain").orElse("false");
        return switch (explain) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw new Problem.BadRequest("explain is \"" + explain + "\": it can be true or false.").asException();
        };
    }

    /** How many workflows have led to this call, by the header that each of them raises. */
    private static int hops(Call call) {
        String hops = call.header(Runner.HOPS).orElse("0");
        if (!hops.matches("\\d{1,4}")) {
            throw new Problem.BadRequest("The header " + Runner.HOPS + " is \"" + hops + "\": leave it out.")
                    .asException();
        }
        if (Integer.parseInt(hops) >= Bounds.HOPS) {
            throw new Problem.BadRequest("This is the " + hops + "th workflow that calls a workflow, at most "
                            + Bounds.HOPS + " are allowed: look for one that calls itself.")
                    .asException();
        }
        return Integer.parseInt(hops);
    }

    /** A parameter of chaining's own; all others are for {@code when} to compare. */
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
