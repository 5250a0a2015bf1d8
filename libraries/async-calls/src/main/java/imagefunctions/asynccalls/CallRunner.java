package imagefunctions.asynccalls;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Calls the function of one claimed call, and keeps the result on disk before it forgets the call. */
final class CallRunner implements DeliveryWorkers.Work {
    private static final System.Logger LOG = System.getLogger(CallRunner.class.getName());
    private static final Set<Integer> RETRIED = Set.of(408, 429, 500, 502, 503, 504);

    private final SpoolFolder folder;
    private final FunctionCaller functions;

    CallRunner(SpoolFolder folder, FunctionCaller functions) {
        this.folder = folder;
        this.functions = functions;
    }

    @Override
    public void on(DelayQueue.Claim claim) throws IOException, InterruptedException {
        EntryFile<Call> file;
        try {
            file = EntryFile.readWhole(claim.file(), Call.class);
        } catch (CorruptEntryException e) {
            folder.callResolved(claim, Optional.of(e.getMessage()));
            return;
        }
        Call call = file.item();
        Instant started = Instant.now();
        if (claim.spent()) {
            String reason = "The process ended during each of the " + claim.attempt() + " attempts.";
            resolve(claim, call, started, noAnswer(), Optional.of(reason));
            return;
        }
        try (FunctionAnswer answer = answer(call, file.body())) {
            if (!RETRIED.contains(answer.status())) {
                resolve(claim, call, started, answer, Optional.empty());
            } else if (folder.calls.mayRetry(claim)) {
                LOG.log(
                        System.Logger.Level.INFO,
                        "Call {0}: {1} answered {2}, another attempt follows",
                        call.id(),
                        call.function(),
                        answer.status());
                folder.calls.retry(claim);
            } else {
                String reason = "The function answered " + answer.status() + " at the last of " + claim.attempt()
                        + " attempts.";
                resolve(claim, call, started, answer, Optional.of(reason));
            }
        }
    }

    private FunctionAnswer answer(Call call, Body body) throws InterruptedException {
        try {
            return functions.call(call, body);
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "Call " + call.id() + ": " + call.function() + " gave no answer", e);
            return noAnswer();
        }
    }

    private static FunctionAnswer noAnswer() {
        return FunctionAnswer.of(500, List.of(), new byte[0]);
    }

    private void resolve(DelayQueue.Claim claim, Call call, Instant started, FunctionAnswer answer, Optional<String> failure)
            throws IOException {
        Optional<String> url = call.callbackUrl();
        if (url.isPresent()) {
            callBack(url.get(), claim, call, started, answer, failure);
        } else if (answer.status() < 400) {
            folder.callSucceeded(claim, call, answer.status());
        } else {
            folder.callResolved(claim, failure.or(() -> Optional.of("The function answered " + answer.status() + ".")));
        }
    }

    private void callBack(
            String url, DelayQueue.Claim claim, Call call, Instant started, FunctionAnswer answer, Optional<String> failure)
            throws IOException {
        Callback callback = new Callback(
                call.id(),
                call.function(),
                url,
                answer.status(),
                answer.headers(),
                call.accepted(),
                started,
                Duration.between(started, Instant.now()),
                claim.attempt(),
                failure);
        try (SpoolWriter intake = folder.intake(callback, answer.length())) {
            answer.body().transferTo(intake);
            intake.commit();
        } catch (BodyTooLargeException e) {
            callBack(
                    url, claim, call, started, noAnswer(), Optional.of("The result cannot be kept: " + e.getMessage()));
            return;
        } catch (QueueFullException e) {
            if (folder.calls.mayRetry(claim)) {
                folder.calls.retry(claim);
            } else {
                folder.callResolved(claim, Optional.of("The result could not be kept: " + e.getMessage()));
            }
            return;
        }
        folder.callResolved(claim, failure);
    }
}
