package imagefunctions.asynccalls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import imagefunctions.asynccalls.delivery.FunctionAnswer;
import imagefunctions.asynccalls.delivery.FunctionCaller;
import imagefunctions.retry.RetryPolicy;
import imagefunctions.testservers.ReservedPort;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the queue promises, wherever it is kept. */
abstract class CallQueueContract {

    /** Opens the queue of this test, with what was left in it. */
    abstract CallQueue open(QueueLimits limits, QueueNames queues) throws IOException;

    private CallQueue open(QueueLimits limits) throws IOException {
        return open(limits, Rig.ONE_QUEUE);
    }

    private static void until(Rig rig, String id, Phase phase) {
        await().until(() -> rig.phase(id) == phase);
    }

    @Test
    void anAcknowledgedCallIsThereAfterTheQueueIsOpenedAgain() throws Exception {
        try (Rig rig = Rig.idle(open(Rig.limits()))) {
            rig.put("call-1", "");
        }
        try (Rig rig = Rig.idle(open(Rig.limits()))) {
            assertThat(rig.phase("call-1")).isEqualTo(Phase.QUEUED);
            await().until(() ->
                    rig.queue.metrics().waiting() == 1 && rig.queue.metrics().bytes() > 0);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 5})
    void aBodyOfAnotherLengthThanAnnouncedIsNotTaken(long announced) throws Exception {
        try (Rig rig = Rig.idle(open(Rig.limits()));
                EntryWriter writer = rig.queue.accept(Rig.call("call-1", ""), OptionalLong.of(announced))) {
            writer.write("four".getBytes(UTF_8));

            assertThatThrownBy(writer::commit).isInstanceOf(EOFException.class).hasMessageContaining("4 of");
        }
    }

    @Test
    void aBodyOverTheLimitIsRefusedWhetherItWasAnnouncedOrNot() throws Exception {
        try (Rig rig = Rig.idle(open(Rig.narrow(1 << 20, 10, 1000)))) {
            assertThatThrownBy(() -> rig.queue.accept(Rig.call("call-1", ""), OptionalLong.of(1001)))
                    .isInstanceOf(BodyTooLargeException.class)
                    .hasMessage("The body is larger than 1000 bytes.");
            try (EntryWriter writer = rig.queue.accept(Rig.call("call-1", ""), OptionalLong.empty())) {
                writer.write(new byte[1000]);
                assertThatThrownBy(() -> writer.write(0)).isInstanceOf(BodyTooLargeException.class);
            }
            await().until(() -> rig.queue.metrics().bytes() == 0);
        }
    }

    @Test
    void noMoreCallsAreTakenThanMayWait() throws Exception {
        try (Rig rig = Rig.idle(open(Rig.narrow(1 << 20, 2, 1000)))) {
            rig.put("call-1", "");
            rig.put("call-2", "");

            assertThatThrownBy(() -> rig.put("call-3", ""))
                    .isInstanceOf(QueueFullException.class)
                    .hasMessageContaining("2 calls");
        }
    }

    @Test
    void resultsThatWaitForTheirReceiversAreCallsThatWaitToo() throws Exception {
        RetryPolicy slow = Rig.retry(9, Duration.ofMinutes(1), Duration.ofMinutes(1));
        QueueLimits two = Rig.withRetries(Rig.narrow(1 << 20, 2, 1000), slow);
        try (ReservedPort nobody = new ReservedPort();
                Rig rig = Rig.running(open(two), Rig.answering(200, "grey"))) {
            rig.put("call-1", nobody.url() + "/messages/1.jpg");
            rig.put("call-2", nobody.url() + "/messages/2.jpg");
            await().until(() -> rig.state("call-1").callbackAttempts() == 1);
            await().until(() -> rig.state("call-2").callbackAttempts() == 1);

            await().untilAsserted(() -> assertThatThrownBy(() -> rig.queue
                            .accept(Rig.call("call-3", ""), OptionalLong.of(0))
                            .close())
                    .isInstanceOf(QueueFullException.class)
                    .hasMessageContaining("2 calls"));
        }
    }

    @Test
    void noMoreBytesAreTakenThanMayWait() throws Exception {
        QueueLimits limits = Rig.narrow(1 << 20, 100, 200_000);
        byte[] body = new byte[150_000];
        try (Rig rig = Rig.idle(open(limits))) {
            AtomicInteger taken = new AtomicInteger();
            assertThatThrownBy(() -> {
                        while (taken.get() < 100) {
                            rig.put(Rig.call("call-" + taken, ""), body);
                            taken.incrementAndGet();
                        }
                    })
                    .isInstanceOf(QueueFullException.class);

            assertThat((long) taken.get() * body.length).isBetween(1L, limits.maxBytes() + limits.maxDeadBytes());
            assertThat(rig.queue.state("call-" + taken)).isEmpty();
            assertThat(rig.queue.cancel("call-0")).isEqualTo(CancelResult.CANCELLED);
            rig.put(Rig.call("call-" + taken, ""), body);
        }
    }

    @Test
    void ofTwoUnfinishedCallsWithOneIdOneIsAccepted() throws Exception {
        try (Rig rig = Rig.idle(open(Rig.limits()))) {
            int accepted = 0;
            try (EntryWriter first = rig.queue.accept(Rig.call("call-1", ""), OptionalLong.empty())) {
                first.write("first".getBytes(UTF_8));
                accepted += accepts(() -> rig.put("call-1", ""));
                accepted += accepts(first::commit);
            }
            accepted += accepts(() -> rig.put("call-1", ""));

            assertThat(accepted).isEqualTo(1);
            await().until(() -> rig.queue.metrics().waiting() == 1);
        }
    }

    private interface Accepting {
        void run() throws IOException;
    }

    private static int accepts(Accepting accepting) throws IOException {
        try {
            accepting.run();
            return 1;
        } catch (DuplicateCallException e) {
            assertThat(e).hasMessageContaining("call-1");
            return 0;
        }
    }

    @Test
    void anIdIsFreeAgainWhenItsCallIsDeliveredOrCancelled() throws Exception {
        try (Rig rig = Rig.idle(open(Rig.limits()))) {
            rig.put("call-1", "");
            assertThat(rig.queue.cancel("call-1")).isEqualTo(CancelResult.CANCELLED);
            rig.put("call-1", "");
        }
        try (Rig rig = Rig.running(open(Rig.limits()), Rig.answering(200, ""))) {
            until(rig, "call-1", Phase.DELIVERED);
            rig.put("call-1", "");
            await().until(() -> rig.queue.metrics().deliveries() == 2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "..", "a.call", "a:b_c-d.why", "..call", "0"})
    void anIdOfUnusualFormIsAnIdLikeAnyOther(String id) throws Exception {
        try (Rig rig = Rig.running(open(Rig.limits()), Rig.answering(200, ""))) {
            rig.put(id, "");
            await().until(() -> rig.phase(id) == Phase.DELIVERED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", "../../etc/passwd", "a b", "a\nb", "ä"})
    void whatIsNoCallIdIsUnknownAndCannotBeTakenIn(String id) throws Exception {
        try (Rig rig = Rig.idle(open(Rig.limits()))) {
            assertThatThrownBy(() -> Rig.call(id, "")).isInstanceOf(IllegalArgumentException.class);
            assertThat(rig.queue.state(id)).isEmpty();
            assertThat(rig.queue.cancel(id)).isEqualTo(CancelResult.UNKNOWN);
            assertThat(rig.queue.requeue(id)).isEqualTo(RequeueResult.UNKNOWN);
        }
    }

    @Test
    void aCallIsCancelledUntilItsFunctionRuns() throws Exception {
        CountDownLatch running = new CountDownLatch(2);
        CountDownLatch go = new CountDownLatch(1);
        List<String> called = new ArrayList<>();
        FunctionCaller function = (call, body) -> {
            called.add(call.id());
            running.countDown();
            go.await();
            return FunctionAnswer.of(200, List.of(), new byte[0]);
        };
        try (Rig rig = Rig.running(open(Rig.limits()), function)) {
            rig.put("call-1", "");
            rig.put("call-2", "");
            running.await();
            rig.put("call-3", "");

            assertThat(rig.queue.cancel("call-1")).isEqualTo(CancelResult.STARTED);
            assertThat(rig.queue.cancel("call-3")).isEqualTo(CancelResult.CANCELLED);
            assertThat(rig.queue.cancel("call-3")).isEqualTo(CancelResult.UNKNOWN);
            go.countDown();
            await().until(() -> rig.phase("call-2") == Phase.DELIVERED);
            assertThat(rig.queue.state("call-3")).isEmpty();
            await().until(() -> rig.queue.metrics().bytes() == 0);
        }
        assertThat(called).containsExactlyInAnyOrder("call-1", "call-2");
    }

    @Test
    @Timeout(30)
    void aCallWhoseAttemptWasNotMadeIsTakenAgain() throws Exception {
        try (Rig rig = Rig.idle(open(Rig.limits()))) {
            rig.put("call-1", "");
            WorkQueue<CallClaim> calls = rig.queue.calls(QueueNames.DEFAULT);
            CallClaim claim = Objects.requireNonNull(calls.take());
            claim.uncount();
            claim.abandon();

            assertThat(Objects.requireNonNull(calls.take()).read().entry().id()).isEqualTo("call-1");
        }
    }

    @Test
    void whatWaitsInFrontOfACancelledCallRuns() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        FunctionCaller function = (call, body) -> {
            go.await();
            return FunctionAnswer.of(200, List.of(), new byte[0]);
        };
        try (Rig rig = Rig.running(open(Rig.limits()), function)) {
            for (int i = 0; i < 12; i++) {
                rig.put("call-" + i, "");
            }
            await().until(() -> rig.queue.metrics().running() == 2);

            assertThat(rig.queue.cancel("call-11")).isEqualTo(CancelResult.CANCELLED);
            go.countDown();
            await().until(() -> rig.queue.metrics().deliveries() == 11);
        }
    }

    @Test
    void callsAreListedInPagesByPhase() throws Exception {
        try (Rig rig = Rig.idle(open(Rig.limits()))) {
            for (int i = 10; i < 25; i++) {
                rig.put("call-" + i, "");
            }
            List<String> seen = new ArrayList<>();
            Optional<String> next = Optional.of("");
            while (next.isPresent()) {
                CallPage page = rig.queue.list(CallFilter.of(Phase.QUEUED), next.get(), 7);
                assertThat(page.calls()).hasSizeLessThanOrEqualTo(7);
                page.calls().forEach(call -> seen.add(call.id()));
                next = page.next();
            }
            assertThat(seen).hasSize(15).isSorted().doesNotHaveDuplicates();
            assertThat(rig.queue.list(CallFilter.ALL, "call-23", 7).calls())
                    .extracting(CallState::id)
                    .containsExactly("call-24");
            assertThat(rig.queue.list(CallFilter.of(Phase.DEAD), "", 7).calls()).isEmpty();
        }
    }

    @Test
    void theFunctionGetsTheCallAsItWasSentAndTheReceiverTheResultWithOpenFaasHeaders() throws Exception {
        AtomicReference<Call> called = new AtomicReference<>();
        AtomicReference<String> body = new AtomicReference<>();
        FunctionCaller function = (call, input) -> {
            called.set(call);
            body.set(new String(input.open().readAllBytes(), UTF_8));
            return FunctionAnswer.of(
                    200,
                    List.of(new Header("Content-Type", "image/png"), new Header("Content-Length", "9")),
                    new byte[] {7});
        };
        try (Receiver receiver = Receiver.answering(200);
                Rig rig = Rig.running(open(Rig.limits()), function)) {
            Instant before = Instant.now();
            Call sent = new Call(
                    "call-1",
                    "thumbnail",
                    "/sub/path",
                    "width=7&width=%20",
                    List.of(
                            new Header("X-Callback-Url", receiver.url()),
                            new Header("Accept", "image/*"),
                            new Header("Accept", "text/plain")),
                    Instant.ofEpochMilli(before.toEpochMilli()));
            rig.put(sent, "pixels".getBytes(UTF_8));
            until(rig, "call-1", Phase.DELIVERED);

            assertThat(called.get()).isEqualTo(sent);
            assertThat(body.get()).isEqualTo("pixels");
            assertThat(receiver.deliveries).singleElement().satisfies(delivery -> {
                assertThat(delivery.body()).isEqualTo("\7");
                assertThat(delivery.headers().getFirst("Content-Type")).isEqualTo("image/png");
                assertThat(delivery.headers().get("Content-Length")).containsExactly("1");
                assertThat(delivery.headers().getFirst("X-Call-Id")).isEqualTo("call-1");
                assertThat(delivery.headers().getFirst("X-Function-Name")).isEqualTo("thumbnail");
                assertThat(delivery.headers().getFirst("X-Function-Status")).isEqualTo("200");
                assertThat(delivery.headers().getFirst("X-Duration-Seconds")).matches("\\d+\\.\\d{6}");
                long started = Long.parseLong(delivery.headers().getFirst("X-Start-Time"));
                assertThat(Instant.ofEpochSecond(0, started)).isBetween(before, Instant.now());
                assertThat(delivery.headers()).doesNotContainKey("X-signature-256");
            });
            CallState state = rig.state("call-1");
            assertThat(state.functionAttempts()).isEqualTo(1);
            assertThat(state.callbackAttempts()).isEqualTo(1);
            assertThat(state.functionStatus()).contains(200);
            assertThat(state.finished()).isPresent();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            asked | first | longest | least | most
            100   | 10    | 200     | 99    | 110
            9999  | 10    | 60      | 59    | 60
                  | 30    | 60      | 14    | 30
            """, useHeadersInDisplayName = true)
    void aDurableRunIsAskedAgainWhenItSaysWithinTheWaitsOfCalls(
            @Nullable String asked, int first, int longest, int least, int most) throws Exception {
        List<Header> headers = new ArrayList<>(List.of(new Header("X-Workflow-State", "paused")));
        Optional.ofNullable(asked).ifPresent(seconds -> headers.add(new Header("Retry-After", seconds)));
        FunctionCaller workflow = (call, input) -> FunctionAnswer.of(409, headers, new byte[0]);
        RetryPolicy retry = Rig.retry(3, Duration.ofSeconds(first), Duration.ofSeconds(longest));
        try (Rig rig = Rig.running(open(Rig.withRetries(Rig.limits(), retry)), workflow)) {
            Instant before = Instant.now();
            rig.put("call-1", "");
            await().until(() -> rig.state("call-1")
                    .nextAttempt()
                    .filter(next -> next.isAfter(before.plusSeconds(least)))
                    .isPresent());

            assertThat(rig.state("call-1").nextAttempt().orElseThrow())
                    .isBeforeOrEqualTo(Instant.now().plusSeconds(most));
            assertThat(rig.state("call-1").functionAttempts()).isZero();
            assertThat(rig.queue.metrics().running()).isZero();
        }
    }

    @Test
    void aCallThatFailsEveryTimeIsCalledBackAndKeptAndCanBeRequeued() throws Exception {
        AtomicInteger status = new AtomicInteger(503);
        FunctionCaller function = (call, body) -> FunctionAnswer.of(status.get(), List.of(), new byte[0]);
        try (Receiver receiver = Receiver.answering(200);
                Rig rig = Rig.running(open(Rig.limits()), function)) {
            rig.put("call-1", receiver.url());
            until(rig, "call-1", Phase.DEAD);
            await().until(() -> receiver.deliveries.size() == 1);
            until(rig, "call-1", Phase.DEAD);

            assertThat(rig.state("call-1").reason()).hasValue("The function answered 503 at the last of 3 attempts.");
            assertThat(rig.state("call-1").functionAttempts()).isEqualTo(3);
            await().until(() -> rig.queue.metrics().dead() == 1);

            status.set(200);
            assertThat(rig.queue.requeue("call-1")).isEqualTo(RequeueResult.REQUEUED);
            until(rig, "call-1", Phase.DELIVERED);

            assertThat(receiver.deliveries)
                    .extracting(delivery -> delivery.headers().getFirst("X-Function-Status"))
                    .containsExactly("503", "200");
            await().until(() -> rig.queue.metrics().dead() == 0);
            assertThat(rig.queue.requeue("call-1")).isEqualTo(RequeueResult.NOT_DEAD);
            assertThat(rig.queue.requeue("call-2")).isEqualTo(RequeueResult.UNKNOWN);
        }
    }

    @Test
    void aReceiverThatAnswers500TwiceGetsTheResultOfOneRun() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        FunctionCaller function =
                (call, body) -> FunctionAnswer.of(200, List.of(), ("run " + runs.incrementAndGet()).getBytes(UTF_8));
        try (Receiver receiver = Receiver.answering(soFar -> soFar.size() <= 2 ? 500 : 200);
                Rig rig = Rig.running(open(Rig.limits()), function)) {
            rig.put("call-1", receiver.url());
            until(rig, "call-1", Phase.DELIVERED);

            assertThat(runs).hasValue(1);
            assertThat(rig.state("call-1").callbackAttempts()).isEqualTo(3);
            assertThat(receiver.deliveries).hasSize(3).allSatisfy(delivery -> assertThat(delivery.body())
                    .isEqualTo("run 1"));
        }
    }

    @Test
    void aFunctionThatSaysWhenIsNotAskedBefore() throws Exception {
        RetryPolicy retry = Rig.retry(3, Duration.ofMillis(20), Duration.ofSeconds(10));
        List<Long> calls = new CopyOnWriteArrayList<>();
        FunctionCaller function = (call, body) -> {
            calls.add(System.nanoTime());
            return FunctionAnswer.of(
                    calls.size() == 1 ? 503 : 200, List.of(new Header("retry-after", "1")), new byte[0]);
        };
        try (Rig rig = Rig.running(open(Rig.withRetries(Rig.limits(), retry)), function)) {
            rig.put("call-1", "");
            until(rig, "call-1", Phase.DELIVERED);

            assertThat(Duration.ofNanos(calls.get(1) - calls.get(0))).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        }
    }

    @Test
    void aReceiverThatIsDownForAWhileGetsTheResultWhenItIsBack() throws Exception {
        RetryPolicy patient = Rig.retry(64, Duration.ofMillis(5), Duration.ofMillis(50));
        try (ReservedPort port = new ReservedPort();
                Rig rig = Rig.running(open(Rig.withRetries(Rig.limits(), patient)), Rig.answering(200, "late"))) {
            rig.put("call-1", port.url() + "/messages/late.jpg");
            await().until(() -> rig.state("call-1").callbackAttempts() >= 2);
            assertThat(rig.state("call-1").functionStatus()).contains(200);
            try (Receiver receiver = Receiver.at(port.number())) {
                until(rig, "call-1", Phase.DELIVERED);
                assertThat(receiver.deliveries).hasSize(1);
            }
        }
    }

    @Test
    void anUndeliveredResultIsKeptAndRequeuedWithoutAnotherRun() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        AtomicInteger answer = new AtomicInteger(500);
        FunctionCaller function =
                (call, body) -> FunctionAnswer.of(200, List.of(), ("run " + runs.incrementAndGet()).getBytes(UTF_8));
        try (Receiver receiver = Receiver.answering(soFar -> answer.get());
                Rig rig = Rig.running(open(Rig.limits()), function)) {
            rig.put("call-1", receiver.url());
            until(rig, "call-1", Phase.DEAD);
            assertThat(rig.state("call-1").reason())
                    .hasValue("The receiver answered 500. That was the last of 3 callbacks.");

            answer.set(202);
            assertThat(rig.queue.requeue("call-1")).isEqualTo(RequeueResult.REQUEUED);
            until(rig, "call-1", Phase.DELIVERED);

            assertThat(runs).hasValue(1);
            assertThat(receiver.deliveries).hasSize(4);
        }
    }

    @Test
    void undeliveredResultsLeaveRoomForThoseThatFollow() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        FunctionCaller function = (call, body) -> {
            runs.incrementAndGet();
            return FunctionAnswer.of(200, List.of(), new byte[150_000]);
        };
        try (Receiver receiver = Receiver.answering(404);
                Rig rig = Rig.running(open(Rig.limits(1 << 20, 100, 200_000, Rig.FAST)), function)) {
            for (int i = 0; i < 8; i++) {
                String id = "call-" + i;
                rig.put(id, receiver.url());
                until(rig, id, Phase.DEAD);
                assertThat(rig.state(id).reason().orElseThrow()).startsWith("The receiver answered 404.");
            }
            assertThat(runs).hasValue(8);
        }
    }

    @Test
    void withoutACallbackUrlSuccessIsTheEndAndFailureADeadLetter() throws Exception {
        FunctionCaller function =
                (call, body) -> FunctionAnswer.of(call.id().equals("good") ? 200 : 422, List.of(), new byte[0]);
        try (Rig rig = Rig.running(open(Rig.limits()), function)) {
            rig.put("good", "");
            rig.put("bad", "");
            until(rig, "good", Phase.DELIVERED);
            until(rig, "bad", Phase.DEAD);

            assertThat(rig.state("bad").reason()).hasValue("The function answered 422.");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            application/problem+json | {"detail": "Send a\\n JPEG."}                | The function answered 422. Send a JPEG.
            application/json         | {"step": "bw", "stepText": "{\\"detail\\": \\"No JPEG.\\"}"} | The function answered 422. Step bw: No JPEG.
            application/json         | {"step": "bw", "stepText": "gone"}          | The function answered 422. Step bw: gone
            application/json         | {"detail                                    | The function answered 422.
            application/json         | [1]                                         | The function answered 422.
            text/plain;charset=UTF-8 | `  No stock. `                              | The function answered 422. No stock.
            image/png                | PNG                                         | The function answered 422.
            """)
    void aDeadLetterSaysWhatItsFunctionSaid(String type, String body, String reason) throws Exception {
        FunctionCaller function =
                (call, sent) -> FunctionAnswer.of(422, List.of(new Header("content-type", type)), body.getBytes(UTF_8));
        try (Rig rig = Rig.running(open(Rig.limits()), function)) {
            rig.put("bad", "");
            until(rig, "bad", Phase.DEAD);

            assertThat(rig.state("bad").reason()).hasValue(reason);
        }
    }

    /** The cut would fall into the middle of the emoji, which is two chars. */
    @Test
    void aLongReasonIsCutBetweenCharactersAndKeptWithAttemptsAndStatus() throws Exception {
        String words = "x".repeat(499);
        FunctionCaller function = (call, body) -> FunctionAnswer.of(
                422,
                List.of(new Header("Content-Type", "text/plain")),
                (words + "\uD83D\uDE00 and more").getBytes(UTF_8));
        try (Rig rig = Rig.running(open(Rig.limits()), function)) {
            rig.put("bad", "");
            until(rig, "bad", Phase.DEAD);

            CallState state = rig.state("bad");
            assertThat(state.reason()).hasValue("The function answered 422. " + words + " ...");
            assertThat(state.functionAttempts()).isEqualTo(1);
            assertThat(state.functionStatus()).contains(422);
        }
    }

    /** As JSON may have it. */
    @Test
    void aReasonWithHalfACharacterIsKeptWithAttemptsAndStatus() throws Exception {
        byte[] problem = "{\"detail\": \"half \\uD83D of it\"}".getBytes(UTF_8);
        FunctionCaller function = (call, body) ->
                FunctionAnswer.of(422, List.of(new Header("Content-Type", "application/problem+json")), problem);
        try (Rig rig = Rig.running(open(Rig.limits()), function)) {
            rig.put("bad", "");
            until(rig, "bad", Phase.DEAD);

            CallState state = rig.state("bad");
            assertThat(state.reason()).hasValue("The function answered 422. half ? of it");
            assertThat(state.functionAttempts()).isEqualTo(1);
            assertThat(state.functionStatus()).contains(422);
        }
    }

    @Test
    void aResultOverTheLimitIsCalledBackAsAFailure() throws Exception {
        FunctionCaller function = (call, body) -> FunctionAnswer.of(200, List.of(), new byte[(1 << 20) + 1]);
        try (Receiver receiver = Receiver.answering(200);
                Rig rig = Rig.running(open(Rig.limits(1L << 30, 100, 1 << 20, Rig.FAST)), function)) {
            rig.put("call-1", receiver.url());
            await().until(() -> receiver.deliveries.size() == 1);
            until(rig, "call-1", Phase.DEAD);

            assertThat(receiver.deliveries.peek().headers().getFirst("X-Function-Status"))
                    .isEqualTo("500");
            assertThat(rig.state("call-1").reason().orElseThrow()).contains("larger than 1048576 bytes");
        }
    }

    @Test
    void callbacksAreSignedOverCallIdStatusAndBody() throws Exception {
        try (Receiver receiver = Receiver.answering(200);
                Rig rig = Rig.running(open(Rig.limits()), Rig.answering(200, "result"), Optional.of("s3cret"))) {
            rig.put("call-1", receiver.url());
            until(rig, "call-1", Phase.DELIVERED);

            // printf 'call-1\n200\nresult' | openssl dgst -sha256 -hmac s3cret
            assertThat(receiver.deliveries.peek().headers().getFirst("X-Signature-256"))
                    .isEqualTo("sha256=1bb6a3a297c2cf5d251af39fc2e1845d647bec6ab755d324893630bdf7f02a5d");
        }
    }

    @Test
    void onlyTheLastDeliveredCallsAreRemembered() throws Exception {
        try (Rig rig = Rig.running(open(Rig.narrow(1 << 20, 100, 1000)), Rig.answering(200, ""))) {
            for (int i = 0; i < 6; i++) {
                String id = "call-" + i;
                rig.put(id, "");
                until(rig, id, Phase.DELIVERED);
            }
            await().untilAsserted(() ->
                    assertThat(listed(rig, Phase.DELIVERED)).containsExactly("call-3", "call-4", "call-5"));
            assertThat(rig.state("call-5").functionStatus()).contains(200);
        }
    }

    @Test
    void deadLettersBeyondTheirQuotaGoOldestFirst() throws Exception {
        try (Rig rig = Rig.running(open(Rig.narrow(1 << 20, 100, 1000)), Rig.answering(500, ""))) {
            for (int i = 0; i < 5; i++) {
                String id = "call-" + i;
                rig.put(id, "");
                until(rig, id, Phase.DEAD);
            }
            await().untilAsserted(
                            () -> assertThat(listed(rig, Phase.DEAD)).containsExactly("call-2", "call-3", "call-4"));
            await().until(() -> rig.queue.metrics().dead() == 3);
            assertThat(rig.queue.metrics().dropped()).isEqualTo(2);
        }
    }

    private static List<String> listed(Rig rig, Phase phase) throws IOException {
        return rig.queue.list(CallFilter.of(phase), "", 100).calls().stream()
                .map(CallState::id)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 131_072, 131_073, 3_000_000})
    void bodiesOfAnySizeArriveAsTheyWereSentBothWays(int size) throws Exception {
        byte[] sent = new byte[size];
        new Random(size).nextBytes(sent);
        FunctionCaller echo = (call, body) -> FunctionAnswer.of(200, List.of(), read(body));
        try (Receiver receiver = Receiver.answering(200);
                Rig rig = Rig.running(open(Rig.limits()), echo)) {
            rig.put(Rig.call("call-1", receiver.url()), sent);
            until(rig, "call-1", Phase.DELIVERED);

            assertThat(receiver.of("call-1")).singleElement().satisfies(delivery -> assertThat(
                            delivery.body().getBytes(ISO_8859_1))
                    .isEqualTo(sent));
            await().until(() -> rig.queue.metrics().bytes() == 0);
        }
    }

    private static byte[] read(Body body) throws IOException {
        try (InputStream in = body.open()) {
            return in.readAllBytes();
        }
    }

    @Test
    void aBodyThatIsNotCommittedLeavesNothing() throws Exception {
        try (Rig rig = Rig.idle(open(Rig.limits()))) {
            try (EntryWriter writer = rig.queue.accept(Rig.call("call-1", ""), OptionalLong.empty())) {
                writer.write(new byte[300_000]);
            }
            assertThat(rig.queue.state("call-1")).isEmpty();
            await().until(() -> rig.queue.metrics().bytes() == 0);
        }
    }

    @Test
    void callsOfAQueueOfItsOwnHoldUpNobodyElse() throws Exception {
        QueueNames queues = new QueueNames(Map.of("slow", "patient"));
        CountDownLatch go = new CountDownLatch(1);
        FunctionCaller function = (call, body) -> {
            if (call.function().equals("slow")) {
                go.await();
            }
            return FunctionAnswer.of(200, List.of(), new byte[0]);
        };
        Map<String, Integer> workers = Map.of(QueueNames.DEFAULT, 1, "patient", 1);
        try (Rig rig = Rig.running(open(Rig.limits(), queues), function, workers)) {
            for (String id : List.of("slow-1", "slow-2")) {
                rig.put(new Call(id, "slow", "", "", List.of(), Instant.now()), new byte[0]);
            }
            await().until(() -> rig.queue.metrics().running() == 1);
            rig.put("call-1", "");
            until(rig, "call-1", Phase.DELIVERED);

            assertThat(rig.queue.metrics().running()).isEqualTo(1);
            assertThat(listed(rig, Phase.QUEUED)).hasSize(1);
            go.countDown();
            until(rig, "slow-1", Phase.DELIVERED);
            until(rig, "slow-2", Phase.DELIVERED);
        }
    }

    private static Call call(String id, String callbackUrl, Instant accepted, Header... headers) {
        List<Header> all = new ArrayList<>(Rig.call(id, callbackUrl).headers());
        all.addAll(List.of(headers));
        return new Call(id, "draft", "", "", all, accepted);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 2", "2, 3"})
    void aCallIsTriedAgainAsOftenAsItsSenderAllows(String retries, int attempts) throws Exception {
        try (Rig rig = Rig.running(open(Rig.limits()), Rig.answering(503, ""))) {
            rig.put(call("call-1", "", Instant.now(), new Header("x-max-retries", retries)), new byte[0]);
            until(rig, "call-1", Phase.DEAD);

            CallState dead = rig.state("call-1");
            assertThat(dead.functionAttempts()).isEqualTo(attempts);
            assertThat(dead.functionStatus()).contains(503);
            assertThat(dead.reason()).hasValue("The function answered 503 at the last of " + attempts + " attempts.");
        }
    }

    @Test
    void anAttemptThatEndedWithItsProcessIsOneOfThem() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        try (Rig rig = Rig.idle(open(Rig.limits()))) {
            rig.put(call("call-1", "", Instant.now(), new Header("X-Max-Retries", "0")), new byte[0]);
            assertThat(Objects.requireNonNull(
                                    rig.queue.calls(QueueNames.DEFAULT).take())
                            .attempt())
                    .isEqualTo(1);
        }
        FunctionCaller function = (call, body) -> {
            runs.incrementAndGet();
            return FunctionAnswer.of(200, List.of(), new byte[0]);
        };
        try (Rig rig = Rig.running(open(Rig.limits()), function)) {
            until(rig, "call-1", Phase.DEAD);

            assertThat(runs).hasValue(0);
            assertThat(rig.state("call-1").functionAttempts()).isEqualTo(1);
            assertThat(rig.state("call-1").reason().orElseThrow()).contains("The process ended");
        }
    }

    @Test
    void aCallThatHasExpiredIsNotMadeAndItsReceiverIsTold() throws Exception {
        Instant accepted = Instant.parse("2026-03-01T09:30:00Z");
        AtomicInteger runs = new AtomicInteger();
        FunctionCaller function = (call, body) -> {
            runs.incrementAndGet();
            return FunctionAnswer.of(200, List.of(), new byte[0]);
        };
        try (Receiver receiver = Receiver.answering(200);
                Rig rig = Rig.running(open(Rig.limits()), function)) {
            rig.put(call("call-1", receiver.url(), accepted, new Header("X-Expires", "1h30m")), new byte[0]);
            await().until(() -> receiver.deliveries.size() == 1);
            until(rig, "call-1", Phase.DEAD);

            String reason = "The call expired at 2026-03-01T11:00:00Z, after 0 attempts.";
            assertThat(rig.state("call-1").reason()).hasValue(reason);
            assertThat(rig.state("call-1").functionAttempts()).isZero();
            assertThat(receiver.deliveries).singleElement().satisfies(told -> {
                assertThat(told.headers().getFirst("X-Function-Status")).isEqualTo("504");
                assertThat(told.body()).isEqualTo(reason + "\n");
            });
            assertThat(rig.queue.requeue("call-1")).isEqualTo(RequeueResult.EXPIRED);
            assertThat(runs).hasValue(0);
            assertThat(rig.queue.metrics().functionAttempts()).isZero();
        }
    }

    @Test
    void aCallThatHasExpiredAndIsForNobodySaysSoOnce() throws Exception {
        Instant accepted = Instant.parse("2026-03-01T09:30:00Z");
        try (Rig rig = Rig.running(open(Rig.limits()), Rig.answering(200, ""))) {
            rig.put(call("call-1", "", accepted, new Header("X-Expires", "1h30m")), new byte[0]);
            until(rig, "call-1", Phase.DEAD);

            assertThat(rig.state("call-1").reason())
                    .hasValue("The call expired at 2026-03-01T11:00:00Z, after 0 attempts.");
            assertThat(rig.state("call-1").functionStatus()).contains(504);
        }
    }

    @Test
    void aCallThatExpiresBeforeItsNextAttemptIsGivenUpAtOnceWithItsFunctionsAnswer() throws Exception {
        RetryPolicy patient = Rig.retry(3, Duration.ofMinutes(10), Duration.ofMinutes(20));
        try (Receiver receiver = Receiver.answering(200);
                Rig rig = Rig.running(open(Rig.withRetries(Rig.limits(), patient)), Rig.answering(503, "busy"))) {
            rig.put(call("call-1", receiver.url(), Instant.now(), new Header("X-Expires", "90s")), new byte[0]);
            await().until(() -> receiver.deliveries.size() == 1);
            until(rig, "call-1", Phase.DEAD);

            assertThat(rig.state("call-1").reason().orElseThrow())
                    .startsWith("The function answered 503 at attempt 1, and the call expires before another: at 2");
            assertThat(receiver.deliveries.peek().body()).isEqualTo("busy");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "X-Max-Retries | 3                    | give 0 to 2",
                "X-Max-Retries | -1                   | how many attempts may follow",
                "X-Max-Retries | many                 | how many attempts may follow",
                "X-Max-Retries | 99999999999          | how many attempts may follow",
                "X-Expires     | ''                   | RFC 3339",
                "X-Expires     | 0s                   | is over already",
                "X-Expires     | 10                   | RFC 3339",
                "X-Expires     | 10x                  | RFC 3339",
                "X-Expires     | 1s1h                 | RFC 3339",
                "X-Expires     | 9999999999h          | RFC 3339",
                "X-Expires     | 2020-01-01           | RFC 3339",
                "X-Expires     | 2020-01-01T00:00:00Z | is over already"
            })
    void whatIsNotToBeHadIsRefusedAtOnce(String header, String value, String words) throws Exception {
        try (Rig rig = Rig.idle(open(Rig.limits()))) {
            Call call = call("call-1", "", Instant.now(), new Header(header, value));

            assertThatThrownBy(() -> rig.put(call, new byte[0]))
                    .isInstanceOf(CallTermsException.class)
                    .hasMessageContainingAll(header, words);
            assertThat(rig.queue.state("call-1")).isEmpty();
        }
    }

    @Test
    void callsAreFoundByWhatTheirFunctionsAnswered() throws Exception {
        FunctionCaller function =
                (call, body) -> FunctionAnswer.of(Integer.parseInt(call.id().substring(2)), List.of(), new byte[0]);
        try (Receiver receiver = Receiver.answering(200);
                Rig rig = Rig.running(open(Rig.limits()), function)) {
            for (String delivered : List.of("a-200", "b-415", "c-415", "d-501")) {
                rig.put(delivered, receiver.url());
                until(rig, delivered, Phase.DELIVERED);
            }
            for (String dead : List.of("e-415", "f-503")) {
                rig.put(dead, "");
                until(rig, dead, Phase.DEAD);
            }
            assertThat(found(rig, Optional.empty(), Set.of(415), 10)).containsExactly("b-415", "c-415", "e-415");
            assertThat(found(rig, Optional.empty(), Set.of(415), 1)).containsExactly("b-415", "c-415", "e-415");
            assertThat(found(rig, Optional.of(Phase.DELIVERED), Set.of(415, 501), 2))
                    .containsExactly("b-415", "c-415", "d-501");
            assertThat(found(rig, Optional.empty(), Set.of(503, 504), 10)).containsExactly("f-503");
            assertThat(found(rig, Optional.empty(), Set.of(404), 10)).isEmpty();
        }
        try (Rig rig = Rig.idle(open(Rig.limits()))) {
            assertThat(found(rig, Optional.of(Phase.DEAD), Set.of(415), 10)).containsExactly("e-415");
        }
    }

    /** All of them, page by page. */
    private static List<String> found(Rig rig, Optional<Phase> phase, Set<Integer> statuses, int size)
            throws IOException {
        List<String> ids = new ArrayList<>();
        Optional<String> next = Optional.of("");
        while (next.isPresent()) {
            CallPage page = rig.queue.list(new CallFilter(phase, statuses), next.get(), size);
            assertThat(page.calls()).hasSizeLessThanOrEqualTo(size);
            page.calls().forEach(call -> ids.add(call.id()));
            next = page.next();
        }
        return ids;
    }
}
