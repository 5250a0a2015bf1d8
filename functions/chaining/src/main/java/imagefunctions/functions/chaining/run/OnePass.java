package imagefunctions.functions.chaining.run;

import imagefunctions.functions.chaining.workflow.Body;
import imagefunctions.functions.chaining.workflow.FunctionCall;
import imagefunctions.functions.chaining.workflow.Step;
import imagefunctions.imaging.Imaging;
import imagefunctions.imaging.Order;
import imagefunctions.imaging.Recipe;
import imagefunctions.imaging.Result;
import imagefunctions.imaging.error.BadParameterException;
import imagefunctions.imaging.error.ImageException;
import imagefunctions.pictures.ImageProblem;
import imagefunctions.runtime.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Runs image operations in one pass, on their own threads because they are CPU-bound while all else here waits for I/O. */
final class OnePass {
    private final Imaging imaging;
    private final ExecutorService threads;

    OnePass(Imaging imaging, int threads) {
        this.imaging = imaging;
        this.threads = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().daemon().name("one-pass-", 0).factory());
    }

    /** A picture that orders are run on. */
    record Picture(Body body, Function<Order, Result> orders) {}

    /** The picture of a body, which is read for one order. */
    Picture alone(Body body) {
        return new Picture(body, order -> imaging.run(body.bytes(), order));
    }

    /** The picture of a body, which is read once for a number of orders. */
    Picture shared(Body body, int orders) {
        return new Picture(body, imaging.shared(body.bytes(), orders)::run);
    }

    /** The picture after all operations, or the same failure that the function itself would have returned. */
    Body run(Step.OnePass pass, Picture original, StepContext context, MemoryBudget.Share memory)
            throws StepFailedException, InterruptedException {
        List<Order> orders = new ArrayList<>();
        for (Step.Function step : pass.operations()) {
            orders.add(order(step, context));
        }
        Order all = Order.inTurn(orders);
        Step.Function first = pass.operations().getFirst();
        Duration left = context.deadline().orAfter(pass.timeout()).left();
        Future<Result> picture = threads.submit(() -> original.orders().apply(all));
        try {
            Result result = picture.get(left.toNanos(), TimeUnit.NANOSECONDS);
            if (!memory.reserve(result.file().length)) {
                throw StepFailedException.of(context, pass.name(), new Answer.MemoryExhausted(200));
            }
            return new Body(Imaging.MEDIA_TYPE, result.file(), result.frames()).madeFrom(original.body());
        } catch (TimeoutException e) {
            throw StepFailedException.of(context, pass.name(), new Answer.TimedOut(left));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ImageException wrong) {
                throw refused(first, context, wrong);
            }
            if (e.getCause() instanceof OutOfMemoryError) {
                throw refused(first, context, new Problem.Unavailable("There is no memory for this picture now."));
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            picture.cancel(true);
        }
    }

    private static Order order(Step.Function step, StepContext context) throws StepFailedException {
        FunctionCall call = step.call();
        Map<String, String> parameters = new LinkedHashMap<>();
        call.query().forEach((name, value) -> parameters.put(name, value.with(context::value)));
        try {
            return Recipe.named(call.function()).orElseThrow().with(parameters);
        } catch (BadParameterException wrong) {
            throw refused(step, context, wrong);
        }
    }

    private static StepFailedException refused(Step.Function step, StepContext context, ImageException wrong) {
        return refused(step, context, ImageProblem.of(wrong));
    }

    private static StepFailedException refused(Step.Function step, StepContext context, Problem problem) {
        return StepFailedException.of(
                context.sibling(step.name()),
                step.call().function(),
                new Answer.Refused(problem.status(), problem.detail(), Duration.ZERO, false));
    }
}
