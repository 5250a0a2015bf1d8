package imagefunctions.runtime.funqy;

import imagefunctions.runtime.Call;
import imagefunctions.runtime.CallId;
import imagefunctions.runtime.Problem;
import imagefunctions.runtime.ProblemException;
import imagefunctions.runtime.Reply;
import imagefunctions.runtime.http.Problems;
import io.quarkus.funqy.runtime.ApplicationException;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;

/** Every {@code @Funq} method of the application, by name. */
@Singleton
public final class Functions {
    private final SortedMap<String, FunqyFunction> byName;
    private final WorkPool pool;
    private final Problems problems;
    private final CallMetrics metrics;
    private final CallTracing tracing;
    private final Vertx vertx;
    private final Duration execTimeout;

    Functions(
            WorkPool pool,
            Problems problems,
            CallMetrics metrics,
            CallTracing tracing,
            CallLimits limits,
            Vertx vertx) {
        this.pool = pool;
        this.problems = problems;
        this.metrics = metrics;
        this.tracing = tracing;
        this.vertx = vertx;
        this.execTimeout = limits.execTimeout();
        this.byName = FunqyFunction.all();
    }

    public Set<String> names() {
        return byName.keySet();
    }

    /** Whether the function waits for others rather than computes. */
    public boolean waitsForOthers(String function) {
        FunqyFunction found = byName.get(function);
        return found != null && found.onVirtualThread();
    }

    /** How busy this process is with calls of the function's kind. */
    public Load load(String function) {
        return pool.load(waitsForOthers(function));
    }

    /** Why this process takes no call of this function, if so. */
    public Optional<Problem> refusal(String function) {
        return names().contains(function)
                ? Optional.empty()
                : Optional.of(new Problem.UnknownFunction(function, names()));
    }

    /**
     * Calls a function within the limits of this process.
     *
     * @return the answer, always: a problem is an answer too, as problem+json; cancelling it gives up the call's permit
     */
    public CompletableFuture<Reply> call(Call call) {
        long start = System.nanoTime();
        CallTracing.Followed followed = tracing.follow(call);
        metrics.entered(label(call.function()));
        CompletableFuture<Reply> work = start(followed.call());
        CompletableFuture<Reply> answer = new CompletableFuture<>();
        work.whenComplete((reply, failure) -> {
            Reply outcome = failure == null ? reply : problems.answer(call.function(), call.id(), cause(call, failure));
            answer.complete(observed(call, followed, outcome, Duration.ofNanos(System.nanoTime() - start)));
        });
        answer.whenComplete((reply, left) -> {
            if (left != null) {
                work.cancel(false);
            }
        });
        return answer;
    }

    /** The answer, once those who observe calls know of it; one of them that fails makes it a 500. */
    private Reply observed(Call call, CallTracing.Followed followed, Reply reply, Duration took) {
        String label = label(call.function());
        metrics.left(label);
        try {
            metrics.answered(
                    call.method(), label, call.id(), call.body().length, reply.status(), reply.body().length, took);
            followed.ended(reply.status());
            return reply;
        } catch (RuntimeException e) {
            return problems.answer(call.function(), call.id(), e);
        }
    }

    /** What ended the call: Funqy wraps what a function throws, and a limit of ours speaks for itself. */
    private Throwable cause(Call call, Throwable failure) {
        return switch (failure) {
            case ApplicationException e when e.getCause() != null -> cause(call, e.getCause());
            case CompletionException e when e.getCause() != null -> cause(call, e.getCause());
            case TimeoutException e -> new Problem.TimedOut(call.function(), execTimeout).asException();
            default -> failure;
        };
    }

    /** The answer to a call that ends before its body is whole; it counts like any other. */
    Reply refused(String method, String function, String callId, Throwable failure) {
        Reply reply = problems.answer(function, callId, failure);
        metrics.answered(method, label(function), callId, 0, reply.status(), reply.body().length, Duration.ZERO);
        return reply;
    }

    /** The function's name as metrics have it: callers cannot make up new ones. */
    private String label(String function) {
        return byName.containsKey(function) ? function : "unknown";
    }

    private CompletableFuture<Reply> start(Call call) {
        FunqyFunction function = byName.get(call.function());
        if (function == null) {
            return CompletableFuture.failedFuture(new Problem.UnknownFunction(call.function(), names()).asException());
        }
        try {
            return inTime(pool.submit(function.onVirtualThread(), () -> invoke(function, call)));
        } catch (ProblemException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    /** By a timer of the event loop that is at work already: the JDK's wakes a thread of its own at every call. */
    private <T> CompletableFuture<T> inTime(CompletableFuture<T> work) {
        long timer = vertx.setTimer(execTimeout.toMillis(), late -> work.completeExceptionally(new TimeoutException()));
        work.whenComplete((reply, failure) -> vertx.cancelTimer(timer));
        return work;
    }

    private static Reply invoke(FunqyFunction function, Call call) throws IOException {
        try (var _ = CallId.logged(call.id())) {
            return function.invoke(call);
        }
    }
}
