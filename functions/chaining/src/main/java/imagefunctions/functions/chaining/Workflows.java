package imagefunctions.functions.chaining;

import imagefunctions.functions.chaining.graph.Graph;
import imagefunctions.functions.chaining.run.Outcome;
import imagefunctions.functions.chaining.run.Runner;
import imagefunctions.functions.chaining.run.TimeLimits;
import imagefunctions.functions.chaining.workflow.Body;
import imagefunctions.functions.chaining.workflow.Workflow;
import imagefunctions.gatewayclient.Gateways;
import imagefunctions.imaging.Imaging;
import imagefunctions.runtime.Call;
import imagefunctions.runtime.Problem;
import imagefunctions.runtime.Reply;
import imagefunctions.workflowruns.Runs;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** All workflows, checked at startup; runs the one that a call asks for. */
@Singleton
@Startup
final class Workflows {
    private final SortedMap<String, Workflow> workflows;
    private final Runner runner;
    private final DurableRuns durableRuns;
    private final Supplier<Optional<Gateways>> gateways;
    private final Duration execTimeout;

    Workflows(Settings settings, Runs runs) {
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
        this.durableRuns = new DurableRuns(runs, runner, gateways, this::slice);
        workflows.values().forEach(this::slice);
    }

    Set<String> names() {
        return workflows.keySet();
    }

    /** The texts of all files, by their names. */
    SortedMap<String, String> files() {
        SortedMap<String, String> files = new TreeMap<>();
        workflows.values().forEach(workflow -> files.putAll(workflow.files()));
        return files;
    }

    Reply answer(Call call) throws InterruptedException {
        Optional<Reply> steered = durableRuns.steered(call);
        if (steered.isPresent()) {
            return steered.get();
        }
        Workflow workflow = chosen(call);
        Optional<String> export = Parameters.one(call, "export");
        if (export.isPresent()) {
            return exported(Graph.of(workflow), export.get());
        }
        return switch (call.method()) {
            case "POST" -> {
                check(call, workflow);
                yield workflow.durable() ? durableRuns.run(workflow, call) : run(workflow, call);
            }
            case "GET", "HEAD" -> WorkflowsUsage.of(workflows, call).reply(call);
            default ->
                throw new Problem.MethodNotAllowed(
                                call.method(), "GET, HEAD, POST", "POST a picture, or GET the usage text")
                        .asException();
        };
    }

    /** Refuses what is wrong with the call before a step runs. */
    private static void check(Call call, Workflow workflow) {
        Parameters.check(call, workflow);
        Parameters.explain(call);
        Hops.of(call);
    }

    private Reply run(Workflow workflow, Call call) throws InterruptedException {
        Outcome outcome = runner.run(
                workflow,
                gateways.get(),
                call,
                TimeLimits.ofOneCall(timeout(workflow)),
                Hops.of(call),
                Optional.empty());
        return switch (outcome) {
            case Outcome.Done(Body body, var leftOut, var report) -> Replies.done(call, body, leftOut, report);
            case Outcome.Failed(var failed, var leftOut, var report) ->
                Replies.failed(call, failed.failure(), leftOut, report);
            case Outcome.Halted halted ->
                throw new IllegalStateException("only a durable run halts, not for " + halted.reason());
        };
    }

    /** The time for a workflow's steps: its own timeout, or less if exec_timeout leaves less. */
    private Duration timeout(Workflow workflow) {
        Duration slice = slice(workflow);
        return workflow.timeout().compareTo(slice) < 0 ? workflow.timeout() : slice;
    }

    /** What exec_timeout leaves for steps, after the final hooks and the answer. */
    private Duration slice(Workflow workflow) {
        Duration toAnswer = execTimeout.dividedBy(20);
        Duration left = execTimeout.minus(workflow.finalHooksTimeout()).minus(toAnswer);
        if (!left.isPositive()) {
            throw new IllegalArgumentException("exec_timeout is " + execTimeout.toMillis() + " ms, but the workflow \""
                    + workflow.name() + "\" reserves "
                    + workflow.finalHooksTimeout().toMillis()
                    + " ms of it for on_failure and finally: raise it, or give them shorter timeouts.");
        }
        return left;
    }

    private Workflow chosen(Call call) {
        String name = Parameters.one(call, "workflow").orElse(WorkflowFolder.DEFAULT);
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
            case "json" -> Reply.of("application/json", graph.json());
            default ->
                throw new Problem.BadRequest("export must be mermaid, dot or json, not \"" + format + "\".")
                        .asException();
        };
    }
}
