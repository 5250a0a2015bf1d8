package imagefunctions.functions.chaining.run;

import imagefunctions.functions.chaining.workflow.Aggregate;
import imagefunctions.functions.chaining.workflow.Body;
import imagefunctions.functions.chaining.workflow.Step;
import imagefunctions.functions.chaining.workflow.Step.OnFailure;
import imagefunctions.functions.chaining.workflow.Values;
import imagefunctions.functions.chaining.workflow.Workflow;
import imagefunctions.gatewayclient.Gateways;
import imagefunctions.runtime.Call;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;

/** One request's way through a workflow. */
final class Run {
    private final Call request;
    private final Optional<Gateways> gateways;
    private final Calls calls;
    private final FinalHooks closing;
    private final Queue<String> leftOut = new ConcurrentLinkedQueue<>();

    Run(Call request, Optional<Gateways> gateways, Calls calls, FinalHooks closing) {
        this.request = request;
        this.gateways = gateways;
        this.calls = calls;
        this.closing = closing;
    }

    /** The steps that failed and were left out, each where it is. */
    List<String> leftOut() {
        return List.copyOf(leftOut);
    }

    /** Runs the steps, and then what is to be run in either case. */
    Body flow(Workflow flow, Body body, StepContext place) throws StepFailedException, InterruptedException {
        try {
            return sequence(flow.steps(), body, place);
        } catch (StepFailedException failure) {
            closing.failed(flow, failure, place);
            throw failure;
        } finally {
            closing.over(flow, leftOut(), place);
        }
    }

    private Body sequence(List<Step> steps, Body body, StepContext outer)
            throws StepFailedException, InterruptedException {
        Body current = body;
        StepContext place = outer;
        int number = 0;
        for (Step step : steps) {
            if (step instanceof Step.Listing listing) {
                place = place.knowing(listing.name(), listed(listing, current, place.inner(number, listing.name())));
            } else {
                current = run(step, current, place.inner(number, step)).orElse(current);
            }
            number += step.width();
        }
        return current;
    }

    /** Runs the step; nothing comes of it if its condition does not hold, or if it failed and may be left out. */
    private Optional<Body> run(Step step, Body body, StepContext place)
            throws StepFailedException, InterruptedException {
        if (!step.head().when().holds(request, body)) {
            calls.skipped(place);
            return Optional.empty();
        }
        try {
            return Optional.of(result(step, body, place));
        } catch (StepFailedException failure) {
            // In a foreach it is the single values that may be left out, see below.
            if (step.head().onFailure() == OnFailure.FAIL || step instanceof Step.Foreach) {
                throw failure;
            }
            leftOut.add(place.path());
            return Optional.empty();
        }
    }

    private Body result(Step step, Body body, StepContext place) throws StepFailedException, InterruptedException {
        return switch (step) {
            case Step.Function function -> calls.call(function.call(), body, place);
            case Step.OnePass pass -> calls.onePass(pass, body, place);
            case Step.Sequence sequence -> sequence(sequence.steps(), body, place);
            case Step.Parallel parallel -> parallel(parallel, body, place);
            case Step.Foreach foreach -> foreach(foreach, body, place);
            case Step.Included(var _, Workflow flow) ->
                flow(
                        flow,
                        body,
                        place.into(
                                gateways.orElse(flow.gateways()),
                                place.deadline().orIn(flow.timeout())));
            case Step.Listing l -> throw new IllegalStateException("a list is kept by the sequence around it");
        };
    }

    private List<String> listed(Step.Listing listing, Body body, StepContext place)
            throws StepFailedException, InterruptedException {
        Body answer = calls.call(listing.call(), body, place);
        try {
            return JsonList.of(answer.bytes());
        } catch (IOException e) {
            throw StepFailedException.because(place, "answered no list for foreach: " + e.getMessage());
        }
    }

    private Body parallel(Step.Parallel parallel, Body body, StepContext place)
            throws StepFailedException, InterruptedException {
        List<Callable<Optional<BranchResult>>> branches = new ArrayList<>();
        for (int i = 0; i < parallel.branches().size(); i++) {
            Step branch = parallel.branches().get(i);
            StepContext inside = place.inner(i, branch.name());
            branches.add(() -> run(branch, body, inside).map(result -> new BranchResult(branch.name(), result)));
        }
        return aggregate(parallel.aggregate(), Branches.all(branches, branches.size()), body, place);
    }

    private Body foreach(Step.Foreach foreach, Body body, StepContext place)
            throws StepFailedException, InterruptedException {
        List<String> values =
                switch (foreach.values()) {
                    case Values.Listed listed -> listed.values();
                    case Values.AnswerOf(String step) -> place.list(step);
                };
        List<Callable<Optional<BranchResult>>> branches = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            StepContext inside = place.with(i, foreach.as(), values.get(i));
            branches.add(() -> once(foreach, body, inside));
        }
        return aggregate(foreach.aggregate(), Branches.all(branches, foreach.maxParallel()), body, place);
    }

    private Optional<BranchResult> once(Step.Foreach foreach, Body body, StepContext place)
            throws StepFailedException, InterruptedException {
        try {
            return Optional.of(new BranchResult(place.label(), sequence(foreach.steps(), body, place)));
        } catch (StepFailedException failure) {
            if (foreach.head().onFailure() == OnFailure.FAIL) {
                throw failure;
            }
            leftOut.add(place.path());
            return Optional.empty();
        }
    }

    private Body aggregate(Aggregate aggregate, List<Optional<BranchResult>> branches, Body body, StepContext place)
            throws StepFailedException, InterruptedException {
        List<BranchResult> results = branches.stream().flatMap(Optional::stream).toList();
        if (results.isEmpty() && !(aggregate instanceof Aggregate.Input)) {
            throw StepFailedException.because(
                    place, "has no result: none of its " + branches.size() + " branches gave one.");
        }
        return switch (aggregate) {
            case Aggregate.Input i -> body;
            case Aggregate.First f -> results.getFirst().body();
            case Aggregate.Zip z -> ZipArchive.of(results);
            case Aggregate.By(var call) ->
                calls.call(call, ZipArchive.of(results), place.inner(branches.size(), "aggregate"));
        };
    }
}
