package imagefunctions.functions.chaining.run;

import imagefunctions.functions.chaining.workflow.Aggregate;
import imagefunctions.functions.chaining.workflow.Body;
import imagefunctions.functions.chaining.workflow.FunctionCall;
import imagefunctions.functions.chaining.workflow.IfFailed;
import imagefunctions.functions.chaining.workflow.Step;
import imagefunctions.functions.chaining.workflow.Values;
import imagefunctions.functions.chaining.workflow.Workflow;
import imagefunctions.gatewayclient.Gateways;
import imagefunctions.runtime.Call;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;

/** One run of a workflow for one request. */
final class Run {
    /** Of a file's name in a zip: of up to four bytes each. */
    private static final int NAME_CHARACTERS = 60;

    private final Call request;
    private final Optional<Gateways> gateways;
    private final Calls calls;
    private final FinalHooks finalHooks;
    private final boolean durable;
    private final Queue<String> leftOut = new ConcurrentLinkedQueue<>();
    private final Queue<Runnable> lateHooks = new ConcurrentLinkedQueue<>();

    Run(Call request, Optional<Gateways> gateways, Calls calls, FinalHooks finalHooks, boolean durable) {
        this.request = request;
        this.gateways = gateways;
        this.calls = calls;
        this.finalHooks = finalHooks;
        this.durable = durable;
    }

    /** The paths of the steps that failed and were left out. */
    List<String> leftOut() {
        return List.copyOf(leftOut);
    }

    /** Runs the steps, then the final hooks, unless the run is gone on with later. */
    Body whole(Workflow workflow, Body body, StepContext context) throws StepFailedException, InterruptedException {
        boolean ends = true;
        try {
            return workflow(workflow, body, context);
        } catch (HaltedException halted) {
            ends = halted.reason() == Outcome.Reason.STOPPED;
            throw halted;
        } catch (InterruptedException | UncheckedIOException e) {
            ends = !durable;
            throw e;
        } finally {
            if (ends) {
                lateHooks.forEach(Runnable::run);
                finalHooks.onCompletion(workflow, leftOut(), context);
            }
        }
    }

    private Body workflow(Workflow workflow, Body body, StepContext context)
            throws StepFailedException, InterruptedException {
        try {
            return sequence(workflow.steps(), body, context);
        } catch (StepFailedException failure) {
            finalHooks.onFailure(workflow, failure, context);
            throw failure;
        }
    }

    /**
     * Runs an included workflow. If it is cancelled, within a durable run, it is not known whether another branch has failed
     * or this call has ended: in the first case its {@code finally} is called with that of the whole.
     */
    private Body included(Workflow workflow, Body body, StepContext context)
            throws StepFailedException, InterruptedException {
        boolean ended = true;
        try {
            return workflow(workflow, body, context);
        } catch (HaltedException | InterruptedException | UncheckedIOException e) {
            ended = !durable;
            throw e;
        } finally {
            Runnable hook = () -> finalHooks.onCompletion(workflow, leftOut(), context);
            if (ended) {
                hook.run();
            } else {
                lateHooks.add(hook);
            }
        }
    }

    private Body sequence(List<Step> steps, Body body, StepContext outer)
            throws StepFailedException, InterruptedException {
        Body current = body;
        StepContext context = outer;
        int number = 0;
        for (Step step : steps) {
            StepContext inside = context.child(number, step);
            switch (step) {
                case Step.ListCall listing -> context = context.withList(step.name(), list(listing, current, inside));
                case Step.AnswerCall asked -> context = context.withAnswer(step.name(), answer(asked, current, inside));
                default -> current = run(step, current, inside).orElse(current);
            }
            number += step.span();
        }
        return current;
    }

    /** Runs the step; the result is empty if its condition does not hold, or if it failed and may be left out. */
    private Optional<Body> run(Step step, Body body, StepContext context)
            throws StepFailedException, InterruptedException {
        if (!step.head().when().holds(request, body, context.answers())) {
            calls.skipped(context);
            return Optional.empty();
        }
        // A foreach does so for single values instead, see iteration().
        IfFailed ifFailed =
                step instanceof Step.Foreach ? IfFailed.FAIL : step.head().ifFailed();
        try {
            return Optional.of(result(step, body, context.with(ifFailed)));
        } catch (StepFailedException failure) {
            return ifFailed(ifFailed, failure, body, context);
        }
    }

    private Optional<Body> ifFailed(IfFailed ifFailed, StepFailedException failure, Body body, StepContext context)
            throws StepFailedException, InterruptedException {
        return switch (ifFailed) {
            case IfFailed.Fail f -> throw failure;
            case IfFailed.Continue c -> {
                leftOut.add(context.path());
                yield Optional.empty();
            }
            case IfFailed.Use(FunctionCall call) ->
                Optional.of(calls.call(call, body, context.fallback(call.function())));
        };
    }

    private Body result(Step step, Body body, StepContext context) throws StepFailedException, InterruptedException {
        return switch (step) {
            case Step.Function function -> calls.call(function.call(), body, context);
            case Step.OnePass pass -> calls.onePass(pass, body, context);
            case Step.Sequence sequence -> sequence(sequence.steps(), body, context);
            case Step.Parallel parallel -> parallel(parallel, body, context);
            case Step.Foreach foreach -> foreach(foreach, body, context);
            case Step.Included(var _, Workflow workflow) ->
                included(
                        workflow,
                        body,
                        context.included(
                                gateways.orElse(workflow.gateways()),
                                context.deadline().orAfter(workflow.timeout())));
            case Step.ListCall l -> throw new IllegalStateException("sequence() handles list calls");
            case Step.AnswerCall a -> throw new IllegalStateException("sequence() handles calls that a when tests");
        };
    }

    private List<String> list(Step.ListCall listing, Body body, StepContext context)
            throws StepFailedException, InterruptedException {
        Body answer = calls.call(listing.call(), body, context);
        try {
            return JsonList.of(answer.bytes());
        } catch (IOException e) {
            throw StepFailedException.because(
                    context, "did not answer with a JSON list for foreach: " + e.getMessage());
        }
    }

    private String answer(Step.AnswerCall asked, Body body, StepContext context)
            throws StepFailedException, InterruptedException {
        Body answer = calls.call(asked.call(), body, context);
        try {
            return ShortText.of(answer);
        } catch (IOException e) {
            throw StepFailedException.because(context, "did not answer with a text for when: " + e.getMessage());
        }
    }

    private Body parallel(Step.Parallel parallel, Body body, StepContext context)
            throws StepFailedException, InterruptedException {
        List<Callable<Optional<BranchResult>>> branches = new ArrayList<>();
        for (int i = 0; i < parallel.branches().size(); i++) {
            Step branch = parallel.branches().get(i);
            StepContext inside = context.child(i, branch.name());
            branches.add(() -> run(branch, body, inside).map(result -> new BranchResult(branch.name(), result)));
        }
        return aggregate(parallel.aggregate(), Branches.all(branches, branches.size()), body, context);
    }

    private Body foreach(Step.Foreach foreach, Body body, StepContext context)
            throws StepFailedException, InterruptedException {
        List<NamedBody> each =
                switch (foreach.values()) {
                    case Values.Literals listed -> named(listed.values(), body);
                    case Values.FromStep(String step) -> named(context.list(step), body);
                    case Values.ZipEntries z -> calls.unzipped(body, context);
                };
        Work work = foreach.sharedPass()
                .map(pass -> onShared(pass, body, each.size()))
                .orElse((one, inside) -> sequence(foreach.steps(), one, inside));
        List<Callable<Optional<BranchResult>>> branches = new ArrayList<>();
        for (int i = 0; i < each.size(); i++) {
            NamedBody one = each.get(i);
            StepContext inside = context.iteration(i, foreach.as(), one.name());
            branches.add(() -> iteration(foreach, work, one, inside));
        }
        return aggregate(foreach.aggregate(), Branches.all(branches, foreach.maxParallel()), body, context);
    }

    /** What is done in one iteration. */
    private interface Work {
        Body on(Body body, StepContext inside) throws StepFailedException, InterruptedException;
    }

    /** The pass on a picture that all iterations have in common, so that it is read once. */
    private Work onShared(Step.OnePass pass, Body body, int iterations) {
        OnePass.Picture picture = calls.shared(body, iterations);
        return (same, inside) -> calls.onePass(pass, picture, inside.child(0, pass));
    }

    private static List<NamedBody> named(List<String> values, Body body) {
        return values.stream().map(value -> new NamedBody(value, body)).toList();
    }

    private Optional<BranchResult> iteration(Step.Foreach foreach, Work work, NamedBody one, StepContext context)
            throws StepFailedException, InterruptedException {
        IfFailed ifFailed = foreach.head().ifFailed();
        Optional<Body> result;
        try {
            result = Optional.of(work.on(one.body(), context.with(ifFailed)));
        } catch (StepFailedException failure) {
            result = ifFailed(ifFailed, failure, one.body(), context);
        }
        String name = foreach.values() instanceof Values.ZipEntries
                ? one.name().replaceFirst("(?<=.)[.][A-Za-z0-9]{1,5}$", "")
                : one.name();
        return result.map(body -> new BranchResult(fileName(name), body));
    }

    /** A value as a file's name: in any script, not in a folder, and short enough for every file system. */
    private static String fileName(String value) {
        String name = value.replaceAll("[^\\p{L}\\p{M}\\p{N}._-]", "_");
        return name.codePointCount(0, name.length()) > NAME_CHARACTERS
                ? name.substring(0, name.offsetByCodePoints(0, NAME_CHARACTERS))
                : name;
    }

    private Body aggregate(Aggregate aggregate, List<Optional<BranchResult>> branches, Body body, StepContext context)
            throws StepFailedException, InterruptedException {
        List<BranchResult> results = branches.stream().flatMap(Optional::stream).toList();
        if (results.isEmpty() && !(aggregate instanceof Aggregate.Input)) {
            throw StepFailedException.because(
                    context, "has no result: none of its " + branches.size() + " branches produced one.");
        }
        return switch (aggregate) {
            case Aggregate.Input i -> body;
            case Aggregate.First f -> results.getFirst().body();
            case Aggregate.Zip z -> ZipArchive.of(results);
            case Aggregate.ByFunction(var call) ->
                calls.call(call, ZipArchive.of(results), context.child(branches.size(), "aggregate"));
        };
    }
}
