package imagefunctions.functions.chaining.run;

import imagefunctions.functions.chaining.workflow.Body;
import imagefunctions.functions.chaining.workflow.Workflow;
import imagefunctions.gatewayclient.CallOutcome;
import imagefunctions.gatewayclient.GatewayClient;
import imagefunctions.gatewayclient.Gateways;
import imagefunctions.imaging.Imaging;
import imagefunctions.runtime.Call;
import imagefunctions.runtime.CallId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Runs workflows; threads that wait are always virtual ones. */
public final class Runner {
    public static final String HOPS = "X-Workflow-Hops";
    public static final String STEP = CallOutcome.WORKFLOW_STEP;

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
     * @param timeout time limit for all its steps together
     * @param hops how many workflows led to this request
     * @throws InterruptedException if the request was cancelled; the final hooks have been called
     */
    public Outcome run(Workflow workflow, Optional<Gateways> gateways, Call request, Duration timeout, int hops)
            throws InterruptedException {
        Timeline timeline = new Timeline();
        Report report = new Report(workflow.name(), request.id(), timeline);
        try (MemoryBudget.Share share = memory.share()) {
            Calls calls = new Calls(client, onePass, forwarded(request, hops + 1), share, timeline);
            Run run = new Run(request, gateways, calls, new FinalHooks(calls, report));
            Body body = new Body(request.header("Content-Type").orElse("application/octet-stream"), request.body());
            try {
                Body result = run.workflow(
                        workflow, body, StepContext.start(gateways.orElse(workflow.gateways()), Deadline.in(timeout)));
                return new Outcome.Done(result, run.leftOut(), report);
            } catch (StepFailedException failure) {
                return new Outcome.Failed(failure, run.leftOut(), report);
            }
        }
    }

    private static Map<String, String> forwarded(Call request, int hops) {
        Map<String, String> forwarded = new LinkedHashMap<>();
        forwarded.put(CallId.HEADER, request.id());
        forwarded.put(HOPS, Integer.toString(hops));
        for (String trace : new String[] {"traceparent", "tracestate"}) {
            request.header(trace).ifPresent(value -> forwarded.put(trace, value));
        }
        return forwarded;
    }
}
