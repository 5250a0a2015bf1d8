package imagefunctions.functions.chaining.run;

import imagefunctions.functions.chaining.workflow.Body;
import imagefunctions.functions.chaining.workflow.Workflow;
import imagefunctions.gatewayclient.GatewayClient;
import imagefunctions.gatewayclient.Gateways;
import imagefunctions.imaging.Imaging;
import imagefunctions.retry.TransientStatus;
import imagefunctions.runtime.Call;
import imagefunctions.runtime.CallId;
import imagefunctions.traces.TraceContext;
import imagefunctions.workflowruns.Journal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Runs workflows; threads that wait are always virtual ones. */
public final class Runner {
    public static final String HOPS = "X-Workflow-Hops";
    /** Of a request: the run that makes it. */
    public static final String RUN = "X-Workflow-Run";
    /** Of a request: the index of the step that makes it; of a failed run's answer: the path of the step that failed. */
    public static final String STEP = TransientStatus.WORKFLOW_STEP;

    private final FunctionClient client;
    private final OnePass onePass;
    private final MemoryBudget memory;

    /**
     * A runner.
     *
     * @param client calls the functions
     * @param maxBody maximum bytes of one step's response
     * @param maxHeld maximum bytes of the responses of all runs together
     * @param imaging runs image operations in one pass
     * @param threads how many such passes run concurrently
     */
    public Runner(GatewayClient client, long maxBody, long maxHeld, Imaging imaging, int threads) {
        this.client = new FunctionClient(client, maxBody);
        this.onePass = new OnePass(imaging, threads);
        this.memory = new MemoryBudget(maxHeld);
    }

    /**
     * Runs the workflow on the request's body.
     *
     * @param gateways overrides the gateways that the workflows name
     * @param request the one that began the run, whose id is that of the run
     * @param hops how many workflows led to this request
     * @param journal what is kept of the run's steps, if it is durable
     * @throws InterruptedException if the request was cancelled; the final hooks of a run that is not durable have been
     *     called
     */
    public Outcome run(
            Workflow workflow,
            Optional<Gateways> gateways,
            Call request,
            TimeLimits time,
            int hops,
            Optional<Journal> journal)
            throws InterruptedException {
        Timeline timeline = new Timeline(time.started());
        Report report = new Report(workflow.name(), request.id(), timeline);
        try (MemoryBudget.Share share = memory.share()) {
            Calls calls = new Calls(
                    client,
                    onePass,
                    forwarded(request, hops + 1),
                    share,
                    timeline,
                    journal.orElse(Journal.NONE),
                    new Slice(time.slice()));
            Run run = new Run(request, gateways, calls, new FinalHooks(calls, report), journal.isPresent());
            Body body = new Body(request.header("Content-Type").orElse("application/octet-stream"), request.body());
            try {
                Body result = run.whole(
                        workflow,
                        body,
                        StepContext.start(request, gateways.orElse(workflow.gateways()), Deadline.in(time.left())));
                return new Outcome.Done(result, run.leftOut(), report);
            } catch (StepFailedException failure) {
                return new Outcome.Failed(failure, run.leftOut(), report);
            } catch (HaltedException halted) {
                return new Outcome.Halted(halted.reason(), run.leftOut(), report);
            }
        }
    }

    private static Map<String, String> forwarded(Call request, int hops) {
        Map<String, String> forwarded = new LinkedHashMap<>();
        forwarded.put(CallId.HEADER, request.id());
        forwarded.put(RUN, RunId.of(request));
        forwarded.put(HOPS, Integer.toString(hops));
        TraceContext.of(request::header).map(TraceContext::headers).ifPresent(forwarded::putAll);
        return forwarded;
    }
}
