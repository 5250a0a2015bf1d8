package imagefunctions.asynccalls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import imagefunctions.asynccalls.delivery.FunctionAnswer;
import imagefunctions.asynccalls.delivery.FunctionCaller;
import imagefunctions.retry.RetryPolicy;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveryTest {
    private final Path folder;

    DeliveryTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private static void until(Rig rig, String id, Phase phase) {
        await().until(() -> rig.phase(id) == phase);
    }

    @Test
    void whatAWorkflowFailedWithIsNotRepeatedSinceItRepeatedItsOwnCalls() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        FunctionCaller workflow = (call, input) -> {
            calls.incrementAndGet();
            return FunctionAnswer.of(502, List.of(new Header("x-workflow-step", "thumbnail")), new byte[0]);
        };
        try (Rig rig = Rig.running(Rig.settings(folder), workflow)) {
            rig.put("call-1", "");
            until(rig, "call-1", Phase.DEAD);

            assertThat(calls).hasValue(1);
            assertThat(rig.state("call-1").functionAttempts()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"503, waiting", "409, running", "409, paused"})
    void aDurableRunThatHasNotEndedIsAskedAgainWhichIsNoAttempt(int status, String state) throws Exception {
        AtomicInteger calls = new AtomicInteger();
        FunctionCaller workflow = (call, input) -> calls.incrementAndGet() <= 5
                ? FunctionAnswer.of(status, List.of(new Header("X-Workflow-State", state)), new byte[0])
                : FunctionAnswer.of(200, List.of(new Header("X-Workflow-State", "succeeded")), new byte[0]);
        try (Rig rig = Rig.running(Rig.settings(folder), workflow)) {
            rig.put("call-1", "");
            until(rig, "call-1", Phase.DELIVERED);

            assertThat(calls).hasValue(6);
            assertThat(rig.state("call-1").functionAttempts()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 404, 409, 413, 415, 422, 501})
    void anErrorThatWouldComeAgainIsCalledBackAtOnce(int status) throws Exception {
        try (Receiver receiver = Receiver.answering(200);
                Rig rig = Rig.running(Rig.settings(folder), Rig.answering(status, "problem"))) {
            rig.put("call-1", receiver.url());
            until(rig, "call-1", Phase.DELIVERED);

            assertThat(rig.state("call-1").functionAttempts()).isEqualTo(1);
            assertThat(receiver.deliveries).singleElement().satisfies(delivery -> {
                assertThat(delivery.headers().getFirst("X-Function-Status")).isEqualTo(Integer.toString(status));
                assertThat(delivery.body()).isEqualTo("problem");
            });
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 504})
    void anErrorThatMayPassIsTriedAgainUntilItPasses(int status) throws Exception {
        AtomicInteger calls = new AtomicInteger();
        FunctionCaller function = (call, body) ->
                FunctionAnswer.of(calls.incrementAndGet() < 3 ? status : 200, List.of(), "done".getBytes(UTF_8));
        try (Receiver receiver = Receiver.answering(200);
                Rig rig = Rig.running(Rig.settings(folder), function)) {
            rig.put("call-1", receiver.url());
            until(rig, "call-1", Phase.DELIVERED);

            assertThat(calls).hasValue(3);
            assertThat(receiver.deliveries).singleElement().satisfies(delivery -> assertThat(delivery.body())
                    .isEqualTo("done"));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aResultThatBreaksOffIsAskedForAgain(boolean wanted) throws Exception {
        AtomicInteger calls = new AtomicInteger();
        FunctionCaller function = (call, body) -> new FunctionAnswer(
                200,
                List.of(),
                new SequenceInputStream(
                        new ByteArrayInputStream("done".getBytes(UTF_8)),
                        calls.incrementAndGet() < 3 ? new BrokenStream() : InputStream.nullInputStream()),
                OptionalLong.empty());
        try (Receiver receiver = Receiver.answering(200);
                Rig rig = Rig.running(Rig.settings(folder), function)) {
            rig.put("call-1", wanted ? receiver.url() : "");
            until(rig, "call-1", Phase.DELIVERED);

            assertThat(rig.state("call-1").functionAttempts()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @CsvSource({"200, false, 500", "200, true, 500", "304, false, 500", "415, false, 415", "503, true, 503"})
    void aFunctionWhoseAnswerBreaksOffEveryTimeIsGivenUpAndItsReceiverIsTold(int status, boolean isShort, int told)
            throws Exception {
        AtomicInteger calls = new AtomicInteger();
        FunctionCaller function = (call, body) -> {
            calls.incrementAndGet();
            return breakingOff(status, isShort);
        };
        try (Receiver receiver = Receiver.answering(200);
                Rig rig = Rig.running(Rig.settings(folder), function)) {
            rig.put("call-1", receiver.url());
            await().until(() -> receiver.deliveries.size() == 1);
            until(rig, "call-1", Phase.DEAD);

            assertThat(receiver.deliveries).singleElement().satisfies(delivery -> {
                assertThat(delivery.headers().getFirst("X-Function-Status")).isEqualTo(Integer.toString(told));
                assertThat(delivery.headers()).doesNotContainKey("ETag");
                assertThat(delivery.body()).isEmpty();
            });
            CallState state = rig.state("call-1");
            assertThat(calls).hasValue(3);
            assertThat(state.functionAttempts()).isEqualTo(3);
            assertThat(state.functionStatus()).contains(told);
            assertThat(state.reason().orElseThrow())
                    .endsWith(
                            "The function's answer broke off: The connection ended before all of the answer was there.");
        }
    }

    @Test
    void anAnswerThatBreaksOffEveryTimeAndIsForNobodyIsADeadLetterWith500() throws Exception {
        try (Rig rig = Rig.running(Rig.settings(folder), (call, body) -> breakingOff(200, false))) {
            rig.put("call-1", "");
            until(rig, "call-1", Phase.DEAD);

            CallState state = rig.state("call-1");
            assertThat(state.functionAttempts()).isEqualTo(3);
            assertThat(state.functionStatus()).contains(500);
            assertThat(state.reason().orElseThrow())
                    .startsWith("The function's answer broke off: The connection ended");
        }
    }

    /** Whose body ends before its announced length, or fails when it is read. */
    private static FunctionAnswer breakingOff(int status, boolean isShort) {
        InputStream begin = new ByteArrayInputStream("begun".getBytes(UTF_8));
        List<Header> headers = List.of(new Header("ETag", "whole"));
        return isShort
                ? new FunctionAnswer(status, headers, begin, OptionalLong.of(100))
                : new FunctionAnswer(
                        status, headers, new SequenceInputStream(begin, new BrokenStream()), OptionalLong.empty());
    }

    private static final class BrokenStream extends InputStream {
        @Override
        public int read() throws IOException {
            throw new EOFException("broken off on purpose");
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            return read();
        }
    }

    @ParameterizedTest
    @CsvSource({"2, 10000, 2000, 4000", "DATE, 10000, 1000, 5000", "3600, 300, 0, 3000", "0, 300, 0, 3000"})
    void aReceiverThatSaysWhenIsNotAskedBefore(String asked, int longest, int least, int most) throws Exception {
        RetryPolicy retry = Rig.retry(3, Duration.ofMillis(20), Duration.ofMillis(longest));
        String value = asked.equals("DATE")
                ? DateTimeFormatter.RFC_1123_DATE_TIME.format(
                        ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(3))
                : asked;
        try (Receiver receiver =
                        Receiver.answering(soFar -> soFar.size() == 1 ? 429 : 200, Map.of("Retry-After", value));
                Rig rig = Rig.running(Rig.withRetries(Rig.settings(folder), retry), Rig.answering(200, "result"))) {
            rig.put("call-1", receiver.url());
            await().until(() -> receiver.deliveries.size() == 2);

            List<Receiver.Delivery> two = receiver.of("call-1");
            assertThat(Duration.ofNanos(two.getLast().nanos() - two.getFirst().nanos()))
                    .isBetween(Duration.ofMillis(least), Duration.ofMillis(most));
        }
    }

    @Test
    void aReceiverThatEndsConnectionsWithoutAnAnswerGetsOnePostForEachCountedAttempt() throws Exception {
        CountDownLatch pooled = new CountDownLatch(4);
        try (Receiver receiver = Receiver.answering(soFar -> {
                    if (soFar.getFirst().callId().equals("unlucky")) {
                        return Receiver.SILENCE;
                    }
                    pooled.countDown();
                    await().until(() -> pooled.getCount() == 0);
                    return 200;
                });
                Rig rig = Rig.running(Rig.settings(folder), Rig.answering(200, "result"))) {
            for (int i = 0; i < 4; i++) {
                rig.put("call-" + i, receiver.url());
            }
            for (int i = 0; i < 4; i++) {
                until(rig, "call-" + i, Phase.DELIVERED);
            }
            rig.put("unlucky", receiver.url());
            until(rig, "unlucky", Phase.DEAD);

            assertThat(rig.state("unlucky").callbackAttempts()).isEqualTo(3);
            assertThat(receiver.of("unlucky")).hasSize(3);
        }
    }

    @Test
    void aDeliveredCallIsDeliveredOnceThoughThatCannotBeNoted() throws Exception {
        try (Receiver receiver = Receiver.answering(200);
                Rig rig = Rig.running(Rig.settings(folder), Rig.answering(200, "result"))) {
            Files.delete(folder.resolve("delivered"));
            Files.createDirectories(folder.resolve("delivered/in-the-way"));
            rig.put("call-1", receiver.url());
            rig.put("call-2", "");
            until(rig, "call-1", Phase.DELIVERED);
            until(rig, "call-2", Phase.DELIVERED);
            await().until(() -> rig.queue.metrics().bytes() == 0);

            assertThat(receiver.deliveries).hasSize(1);
            Files.delete(folder.resolve("delivered/in-the-way"));
            Files.delete(folder.resolve("delivered"));
            rig.put("call-3", "");
            until(rig, "call-3", Phase.DELIVERED);
        }
        try (Rig rig = Rig.idle(Rig.settings(folder))) {
            assertThat(rig.queue.list(CallFilter.of(Phase.DELIVERED), "", 10).calls())
                    .hasSize(3);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 307, 400, 401, 404, 410, 413})
    void aReceiverThatRefusesIsNotAskedAgain(int status) throws Exception {
        try (Receiver receiver = Receiver.answering(status);
                Rig rig = Rig.running(Rig.settings(folder), Rig.answering(200, "result"))) {
            rig.put("call-1", receiver.url());
            until(rig, "call-1", Phase.DEAD);

            assertThat(receiver.deliveries).hasSize(1);
            CallState state = rig.state("call-1");
            assertThat(state.reason().orElseThrow()).startsWith("The receiver answered " + status + ".");
            assertThat(state.functionStatus()).contains(200);
        }
    }

    @ParameterizedTest
    @CsvSource({"403, 0", "404, 0", "404, 1", "410, 'Fri, 06 Nov 2026 08:49:37 GMT'"})
    void aReceiverThatRefusesButSaysWhenIsAskedAgain(int status, String when) throws Exception {
        try (Receiver receiver =
                        Receiver.answering(soFar -> soFar.size() == 1 ? status : 200, Map.of("Retry-After", when));
                Rig rig = Rig.running(Rig.settings(folder), Rig.answering(200, "result"))) {
            rig.put("call-1", receiver.url());
            until(rig, "call-1", Phase.DELIVERED);

            assertThat(receiver.deliveries).hasSize(2);
        }
    }

    @Test
    void aProxyThatAsksForCredentialsIsNotAskedAgain() throws Exception {
        try (Receiver proxy = Receiver.answering(407);
                Rig rig = Rig.running(Rig.settings(folder), Rig.answering(200, "result"))) {
            rig.put("call-1", proxy.url());
            until(rig, "call-1", Phase.DEAD);

            assertThat(proxy.deliveries).hasSize(1);
            assertThat(rig.state("call-1").reason().orElseThrow()).startsWith("127.0.0.1 answered 407: it is a proxy");
        }
    }

    @Test
    void aCallbackToARefusedAddressIsADeadLetterAtOnce() throws Exception {
        try (Rig rig = Rig.running(Rig.settings(folder), Rig.answering(200, "result"))) {
            rig.put("call-1", "http://169.254.169.254/latest/meta-data");
            until(rig, "call-1", Phase.DEAD);

            assertThat(rig.state("call-1").callbackAttempts()).isEqualTo(1);
            assertThat(rig.state("call-1").reason().orElseThrow()).contains("not allowed");
        }
    }

    @Test
    void aFunctionThatThrowsCountsAsAnsweredWith500() throws Exception {
        FunctionCaller function = (call, body) -> {
            throw new IOException("thrown on purpose");
        };
        try (Receiver receiver = Receiver.answering(200);
                Rig rig = Rig.running(Rig.settings(folder), function)) {
            rig.put("call-1", receiver.url());
            await().until(() -> receiver.deliveries.size() == 1);

            assertThat(receiver.deliveries.peek().headers().getFirst("X-Function-Status"))
                    .isEqualTo("500");
            until(rig, "call-1", Phase.DEAD);
        }
    }

    @Test
    void aDeadLetterThatFailsAgainAtOnceIsOneAgain() throws Exception {
        try (Rig rig = Rig.running(Rig.settings(folder), Rig.answering(422, ""))) {
            rig.put("call-1", "");
            for (int time = 0; time < 500; time++) {
                await().pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofMillis(1))
                        .until(() -> rig.phase("call-1") == Phase.DEAD);
                assertThat(rig.state("call-1").reason()).hasValue("The function answered 422.");
                assertThat(rig.queue.requeue("call-1")).isEqualTo(RequeueResult.REQUEUED);
            }
            await().until(() -> rig.queue.metrics().dead() == 1);
        }
    }
}
