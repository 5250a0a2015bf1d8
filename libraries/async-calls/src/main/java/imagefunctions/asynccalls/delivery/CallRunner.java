package imagefunctions.asynccalls.delivery;

import imagefunctions.asynccalls.Body;
import imagefunctions.asynccalls.BodyGoneException;
import imagefunctions.asynccalls.BodyTooLargeException;
import imagefunctions.asynccalls.Call;
import imagefunctions.asynccalls.CallClaim;
import imagefunctions.asynccalls.CallTerms;
import imagefunctions.asynccalls.Callback;
import imagefunctions.asynccalls.CorruptEntryException;
import imagefunctions.asynccalls.EntryWriter;
import imagefunctions.asynccalls.Failure;
import imagefunctions.asynccalls.Header;
import imagefunctions.asynccalls.StoredEntry;
import imagefunctions.reasons.Reason;
import imagefunctions.retry.TransientStatus;
import imagefunctions.traces.TraceContext;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Calls the function of one claimed call, and has the result kept before the call is deleted. */
final class CallRunner implements DeliveryWorkers.Work<CallClaim> {
    private static final System.Logger LOG = System.getLogger(CallRunner.class.getName());
    private static final int INTERNAL_ERROR = 500;
    private static final int GATEWAY_TIMEOUT = 504;
    private static final String WORKFLOW_STATE = "X-Workflow-State";
    private static final Set<String> UNFINISHED = Set.of("running", "waiting", "paused");

    private final FunctionCaller functions;

    CallRunner(FunctionCaller functions) {
        this.functions = functions;
    }

    @Override
    public void on(CallClaim claim) throws IOException, InterruptedException {
        StoredEntry<Call> stored;
        try {
            stored = claim.read();
        } catch (CorruptEntryException e) {
            claim.resolved(Optional.of(Failure.of(e.getMessage())));
            return;
        }
        Call call = stored.entry();
        CallTerms terms = CallTerms.of(call);
        Start start = new Start(Instant.now(), System.nanoTime());
        boolean isRetryTooMany = claim.attempt() > 1 && !terms.allowRetryAfter(claim.attempt() - 1);
        boolean isExpired = terms.expireBy(start.time());
        if (!claim.isExhausted() && (isRetryTooMany || isExpired)) {
            claim.uncount();
        }
        if (claim.isExhausted() || isRetryTooMany) {
            String reason = "The process ended during the last of " + claim.attempt()
                    + " attempts, or could not keep what came of it.";
            resolve(claim, call, start, noAnswer(), Optional.of(reason));
        } else if (isExpired) {
            String reason = "The call expired at " + terms.expires() + ", after " + claim.attempt() + " attempts.";
            resolve(claim, call, start, expired(reason), Optional.of(reason));
        } else {
            attempt(claim, stored, terms, start);
        }
    }

    private void attempt(CallClaim claim, StoredEntry<Call> stored, CallTerms terms, Start start)
            throws IOException, InterruptedException {
        Call call = stored.entry();
        try (FunctionAnswer answer = answer(call, stored.body())) {
            Duration wait = claim.backoff(answer.retryAfter());
            if (isRunUnderWay(answer)) {
                claim.postpone(wait);
            } else if (!isTransient(answer)) {
                resolve(claim, call, start, answer, Optional.empty());
            } else if (!allowsRetry(claim, terms)) {
                String reason = "The function answered " + answer.status() + " at the last of " + claim.attempt()
                        + " attempts.";
                resolve(claim, call, start, answer, Optional.of(reason));
            } else if (terms.expireBy(Instant.now().plus(wait))) {
                String reason = "The function answered " + answer.status() + " at attempt " + claim.attempt()
                        + ", and the call expires before another: at " + terms.expires() + ".";
                resolve(claim, call, start, answer, Optional.of(reason));
            } else {
                LOG.log(
                        System.Logger.Level.INFO,
                        "Call {0}: {1} answered {2}, another attempt follows",
                        call.id(),
                        call.function(),
                        answer.status());
                claim.retry(wait);
            }
        } catch (BodyGoneException e) {
            bodyIsGone(claim, terms);
        }
    }

    /**
     * Its receiver, who may have the result, is not notified: a body is removed when its call is done, and servers of a queue that
     * fail may bring back what was removed.
     */
    private static void bodyIsGone(CallClaim claim, CallTerms terms) throws IOException {
        if (allowsRetry(claim, terms)) {
            claim.retry(claim.backoff(Duration.ZERO));
        } else {
            claim.resolved(Optional.of(Failure.of("The call's body is not there at the last of " + claim.attempt()
                    + " attempts: it was done before and came back, or its queue lost the body.")));
        }
    }

    private static boolean allowsRetry(CallClaim claim, CallTerms terms) {
        return claim.allowsRetry() && terms.allowRetryAfter(claim.attempt());
    }

    /** When a function was called: for others to read, and to measure with. */
    private record Start(Instant time, long nanos) {}

    /**
     * A 500 too: nobody else repeats this call, and it can wait until a function has been mended. Not what a workflow has
     * failed with, which has repeated its own calls already.
     */
    private static boolean isTransient(FunctionAnswer answer) {
        return (TransientStatus.isTransient(answer.status()) || answer.status() == INTERNAL_ERROR)
                && answer.header(TransientStatus.WORKFLOW_STEP).isEmpty();
    }

    /** Whether a durable run of a workflow has not ended: so far, nothing has failed. */
    private static boolean isRunUnderWay(FunctionAnswer answer) {
        return answer.header(WORKFLOW_STATE).filter(UNFINISHED::contains).isPresent();
    }

    private FunctionAnswer answer(Call call, Body body) throws BodyGoneException, InterruptedException {
        try {
            return functions.call(call, body);
        } catch (BodyGoneException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "Call " + call.id() + ": " + call.function() + " gave no answer", e);
            return noAnswer();
        }
    }

    private static FunctionAnswer noAnswer() {
        return withoutBody(INTERNAL_ERROR);
    }

    private static FunctionAnswer withoutBody(int status) {
        return FunctionAnswer.of(status, List.of(), new byte[0]);
    }

    private static FunctionAnswer expired(String reason) {
        return FunctionAnswer.of(
                GATEWAY_TIMEOUT,
                List.of(new Header("Content-Type", "text/plain;charset=UTF-8")),
                (reason + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private void resolve(CallClaim claim, Call call, Start start, FunctionAnswer answer, Optional<String> failure)
            throws IOException {
        Optional<String> url = call.callbackUrl();
        if (url.isPresent()) {
            callBack(url.get(), claim, call, start, answer, failure);
        } else if (answer.status() < 400) {
            succeed(claim, call, start, answer);
        } else {
            String reason = failure.orElse("The function answered " + answer.status() + ".");
            String said = ErrorText.of(answer);
            String whole = said.equals(reason) ? reason : (reason + " " + said).strip();
            claim.resolved(failed(Optional.of(whole), answer.status()));
        }
    }

    /** Nobody wants the result, but a function that breaks off in the middle of it has not done its work. */
    private void succeed(CallClaim claim, Call call, Start start, FunctionAnswer answer) throws IOException {
        try {
            wholeBody(answer).transferTo(OutputStream.nullOutputStream());
        } catch (BrokenAnswerException e) {
            brokenAnswer(claim, call, start, answer, Optional.empty(), e);
            return;
        }
        claim.succeeded(call, answer.status());
    }

    /** The callback is of the call's trace. */
    private static List<Header> withTrace(List<Header> headers, Call call) {
        return Stream.concat(
                        headers.stream().filter(header -> !isOfATrace(header)),
                        call.headers().stream().filter(CallRunner::isOfATrace))
                .toList();
    }

    private static boolean isOfATrace(Header header) {
        return header.name().equalsIgnoreCase(TraceContext.PARENT)
                || header.name().equalsIgnoreCase(TraceContext.STATE);
    }

    private void callBack(
            String url, CallClaim claim, Call call, Start start, FunctionAnswer answer, Optional<String> failure)
            throws IOException {
        Callback callback = new Callback(
                call.id(),
                call.function(),
                url,
                answer.status(),
                withTrace(answer.headers(), call),
                call.accepted(),
                start.time(),
                Duration.ofNanos(System.nanoTime() - start.nanos()),
                claim.attempt(),
                failure);
        try (EntryWriter result = claim.keepResult(callback, answer.length())) {
            wholeBody(answer).transferTo(result);
            result.commit();
        } catch (BodyTooLargeException e) {
            callBack(url, claim, call, start, noAnswer(), Optional.of("The result cannot be kept: " + e.getMessage()));
            return;
        } catch (BrokenAnswerException e) {
            brokenAnswer(claim, call, start, answer, failure, e);
            return;
        } catch (ClosedByInterruptException stopped) {
            throw stopped;
        } catch (IOException e) {
            lostResult(claim, call, answer, e);
            return;
        }
        claim.resolved(failed(failure, answer.status()));
    }

    private static WholeBody wholeBody(FunctionAnswer answer) {
        return new WholeBody(answer.body(), answer.length());
    }

    /**
     * Another attempt follows, unless the call was given up before or has had its last: then what is reported is the
     * function's error without its words, or that it gave no answer.
     */
    private void brokenAnswer(
            CallClaim claim,
            Call call,
            Start start,
            FunctionAnswer answer,
            Optional<String> failure,
            BrokenAnswerException e)
            throws IOException {
        if (failure.isEmpty() && allowsRetry(claim, CallTerms.of(call))) {
            LOG.log(System.Logger.Level.WARNING, "Call {0}, another attempt follows: {1}", call.id(), e.getMessage());
            claim.retry(claim.backoff(Duration.ZERO));
            return;
        }
        FunctionAnswer rest = answer.status() < 400 ? noAnswer() : withoutBody(answer.status());
        String reason = (failure.orElse("") + " " + e.getMessage()).strip();
        resolve(claim, call, start, rest, Optional.of(reason));
    }

    private static void lostResult(CallClaim claim, Call call, FunctionAnswer answer, IOException e)
            throws IOException {
        if (allowsRetry(claim, CallTerms.of(call))) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Call {0}: its result was lost, another attempt follows: {1}",
                    call.id(),
                    Reason.of(e));
            claim.retry(claim.backoff(Duration.ZERO));
        } else {
            claim.resolved(failed(Optional.of("The result was lost: " + Reason.of(e)), answer.status()));
        }
    }

    private static Optional<Failure> failed(Optional<String> reason, int status) {
        return reason.map(why -> new Failure(why, Optional.of(status)));
    }
}
