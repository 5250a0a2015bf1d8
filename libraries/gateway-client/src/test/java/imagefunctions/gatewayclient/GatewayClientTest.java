package imagefunctions.gatewayclient;

import static org.assertj.core.api.Assertions.assertThat;

import imagefunctions.traces.Traces;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
final class GatewayClientTest {
    private static final Duration TIME = Duration.ofSeconds(30);
    /** So often that chance has no say. */
    private static final int OFTEN = 60;

    private final AtomicLong clock = new AtomicLong();
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    private Gateway gateway() throws IOException {
        Gateway gateway = new Gateway();
        open.add(gateway);
        return gateway;
    }

    private GatewayClient client(GatewayChoice choice) {
        GatewayClient client =
                new GatewayClient(new GatewayPool(choice.balancer(), clock::get), Optional.empty(), Traces.NONE);
        open.add(client);
        return client;
    }

    private GatewayClient client() {
        return client(GatewayChoice.LEAST_REQUESTS);
    }

    private static Gateways all(Gateway... gateways) {
        return new Gateways(Arrays.stream(gateways).map(Gateway::url).toList());
    }

    private static FunctionRequest request(Map<String, String> headers) {
        return FunctionRequest.toFunction("f", "", "POST", headers, BodyPublishers.ofString("body"));
    }

    private static CallOutcome<String> call(GatewayClient client, Gateways gateways) throws InterruptedException {
        return client.call(gateways, request(Map.of()), BodyHandlers.ofString(), TIME);
    }

    private static int status(CallOutcome<String> outcome) {
        return outcome instanceof CallOutcome.Answered<String> answered
                ? answered.response().statusCode()
                : 0;
    }

    private static void callOften(GatewayClient client, Gateways gateways, int status) throws InterruptedException {
        for (int i = 0; i < OFTEN; i++) {
            assertThat(status(call(client, gateways))).isEqualTo(status);
        }
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    /** Where nobody listens: a port that is taken all the same. */
    private URI nobody() throws IOException {
        Socket silent = new Socket();
        open.add(silent);
        silent.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return URI.create("http://127.0.0.1:" + silent.getLocalPort());
    }

    @Test
    void aCallIsSentOnceThoughTheGatewayEndsTheConnectionWithoutAnAnswer() throws Exception {
        CountDownLatch together = new CountDownLatch(4);
        Gateway gateway = gateway().that(exchange -> {
            together.countDown();
            together.await();
            exchange.sendResponseHeaders(200, -1);
        });
        GatewayClient client = client();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<CallOutcome<String>> call = () -> call(client, all(gateway));
            for (Future<CallOutcome<String>> pooled : threads.invokeAll(Collections.nCopies(4, call))) {
                assertThat(status(pooled.get())).isEqualTo(200);
            }
        }
        gateway.that(Gateway.hangsUp());
        int before = gateway.asked();

        assertThat(call(client, all(gateway))).isInstanceOf(CallOutcome.Broken.class);
        assertThat(gateway.asked() - before).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"429, 2", "502, 2", "503, 2", "200, 1", "400, 1", "404, 1", "408, 1", "425, 1", "500, 1", "504, 1"})
    void whatIsRefusedIsTriedAtOneOtherGateway(int status, int requests) throws Exception {
        Gateway[] gateways = {gateway(), gateway(), gateway()};
        for (Gateway gateway : gateways) {
            gateway.that(Gateway.answers(status));
        }

        CallOutcome<String> outcome = call(client(), all(gateways));

        assertThat(status(outcome)).isEqualTo(status);
        assertThat(Arrays.stream(gateways).mapToInt(Gateway::asked).sum()).isEqualTo(requests);
        assertThat(gateways).allSatisfy(gateway -> assertThat(gateway.asked()).isLessThanOrEqualTo(1));
    }

    @Test
    void anotherGatewayMakesUpForOneThatIsNotThere() throws Exception {
        Gateway there = gateway();
        Gateways gateways = new Gateways(List.of(nobody(), there.url()));
        GatewayClient client = client();

        callOften(client, gateways, 200);

        assertThat(call(client, gateways).gateway()).isEqualTo(there.name());
    }

    @Test
    void aFailedStepOfAWorkflowIsNotTriedElsewhere() throws Exception {
        Gateway[] gateways = {gateway(), gateway()};
        for (Gateway gateway : gateways) {
            gateway.that(Gateway.answers(502, "X-Workflow-Step", "inner"));
        }

        assertThat(status(call(client(), all(gateways)))).isEqualTo(502);
        assertThat(gateways[0].asked() + gateways[1].asked()).isEqualTo(1);
    }

    @Test
    void whatMayHaveBeenDoneIsNotTriedElsewhere() throws Exception {
        Gateway[] gateways = {gateway().that(Gateway.hangsUp()), gateway().that(Gateway.hangsUp())};

        assertThat(call(client(), all(gateways))).isInstanceOf(CallOutcome.Broken.class);
        assertThat(gateways[0].asked() + gateways[1].asked()).isEqualTo(1);
    }

    @Test
    void aRefusalStandsIfTheOtherGatewayIsNotThere() throws Exception {
        Gateway busy = gateway().that(Gateway.answers(429));

        CallOutcome<String> outcome = call(client(), new Gateways(List.of(busy.url(), nobody())));

        assertThat(status(outcome)).isEqualTo(429);
        assertThat(outcome.gateway()).isEqualTo(busy.name());
    }

    @Test
    void aGatewayThatFailsThreeTimesIsEjectedLongerAndLonger() throws Exception {
        Gateway bad = gateway().that(Gateway.answers(503));
        Gateways gateways = all(bad, gateway());
        GatewayClient client = client();

        callOften(client, gateways, 200);
        assertThat(bad.asked()).isEqualTo(3);

        int probes = 0;
        for (int seconds : new int[] {1, 2, 4, 8, 16, 30, 30}) {
            pass(Duration.ofSeconds(seconds).minusMillis(1));
            callOften(client, gateways, 200);
            assertThat(bad.asked()).as("before " + seconds + " s").isEqualTo(3 + probes);

            pass(Duration.ofMillis(1));
            callOften(client, gateways, 200);
            probes++;
            assertThat(bad.asked()).as("after " + seconds + " s").isEqualTo(3 + probes);
        }
    }

    @Test
    void aBurstOfFailuresEjectsAGatewayForOneSecondOnly() throws Exception {
        CountDownLatch death = new CountDownLatch(1);
        Gateway bad = gateway();
        bad.that(exchange -> death.await());
        Gateway good = gateway();
        good.that(good.waitsFor(death));
        Gateways gateways = all(bad, good);
        GatewayClient client = client();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < OFTEN; i++) {
                threads.submit(() -> call(client, gateways));
            }
            while (bad.asked() + good.asked() < OFTEN) {
                Thread.onSpinWait();
            }
            pass(Duration.ofMillis(1));
            death.countDown();
        }
        assertThat(bad.asked()).isEqualTo(OFTEN / 2);
        callOften(client, gateways, 200);
        assertThat(bad.asked()).isEqualTo(OFTEN / 2);

        pass(Duration.ofSeconds(1));
        for (int i = 0; i < OFTEN; i++) {
            call(client, gateways);
        }

        assertThat(bad.asked()).isEqualTo(OFTEN / 2 + 1);
    }

    @Test
    void aHalfOpenGatewayGetsOneCallAndComesBackIfThatSucceeds() throws Exception {
        Gateway bad = gateway().that(Gateway.answers(502));
        Gateway good = gateway();
        Gateways gateways = all(bad, good);
        GatewayClient client = client();
        callOften(client, gateways, 200);
        CountDownLatch better = new CountDownLatch(1);
        bad.that(bad.waitsFor(better));
        pass(Duration.ofSeconds(1));

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<CallOutcome<String>>> calls = Stream.generate(
                            () -> threads.submit(() -> call(client, gateways)))
                    .limit(OFTEN)
                    .toList();
            while (calls.stream().filter(Future::isDone).count() < OFTEN - 1) {
                Thread.onSpinWait();
            }
            assertThat(bad.asked()).isEqualTo(4);
            better.countDown();
        }
        callOften(client, gateways, 200);

        assertThat(bad.asked()).isGreaterThan(10);
    }

    @Test
    void aFunctionThatNoGatewayCanServeSaysNothingAboutTheGateways() throws Exception {
        Gateway[] gateways = {gateway(), gateway(), gateway()};
        for (Gateway gateway : gateways) {
            gateway.that(Gateway.answers(503));
        }
        GatewayClient client = client();
        callOften(client, all(gateways), 503);
        for (Gateway gateway : gateways) {
            gateway.that(Gateway.answers(200));
        }
        int[] before = Arrays.stream(gateways).mapToInt(Gateway::asked).toArray();

        callOften(client, all(gateways), 200);

        for (int i = 0; i < gateways.length; i++) {
            assertThat(gateways[i].asked()).isGreaterThan(before[i]);
        }
    }

    @Test
    void ifAllAreEjectedTheOneWhoseEjectionEndsFirstIsAsked() throws Exception {
        Gateway first = gateway().that(Gateway.hangsUp());
        Gateway second = gateway();
        Gateways gateways = all(first, second);
        GatewayClient client = client();
        while (first.asked() < 3) {
            call(client, gateways);
        }
        second.that(Gateway.hangsUp());
        pass(Duration.ofMillis(500));
        int before = second.asked();
        for (int i = 0; i < 3; i++) {
            call(client, gateways);
        }
        assertThat(second.asked()).isEqualTo(before + 3);

        call(client, gateways);

        assertThat(first.asked()).isEqualTo(4);
    }

    @Test
    void anEjectedGatewayIsNoSecondChoiceEither() throws Exception {
        Gateway bad = gateway().that(Gateway.hangsUp());
        Gateway busy = gateway().that(Gateway.answers(429));
        GatewayClient client = client();

        for (int i = 0; i < OFTEN; i++) {
            call(client, all(bad, busy));
        }

        assertThat(bad.asked()).isEqualTo(3);
    }

    @Test
    void theOnlyGatewayIsNeverEjected() throws Exception {
        Gateway only = gateway().that(Gateway.hangsUp());
        Gateway other = gateway();
        GatewayClient client = client();
        for (int i = 0; i < OFTEN; i++) {
            call(client, all(only));
        }
        only.that(Gateway.answers(200));

        callOften(client, all(only, other), 200);

        assertThat(only.asked()).isGreaterThan(OFTEN);
    }

    @Test
    void callsGoWhereTheFewestAreInFlight() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        Gateway[] gateways = {gateway(), gateway(), gateway(), gateway()};
        for (Gateway gateway : gateways) {
            gateway.that(gateway.waitsFor(done));
        }
        GatewayClient client = client();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 12; i++) {
                threads.submit(() -> call(client, all(gateways)));
            }
            while (Arrays.stream(gateways).mapToInt(Gateway::asked).sum() < 12) {
                Thread.onSpinWait();
            }
            done.countDown();
        }

        assertThat(gateways).extracting(Gateway::asked).containsExactly(3, 3, 3, 3);
    }

    @ParameterizedTest
    @EnumSource(GatewayChoice.class)
    void aBusyGatewayGetsFewerCallsAndIdleOnesShare(GatewayChoice choice) throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        Gateway busy = gateway();
        busy.that(busy.waitsFor(done));
        Gateway[] gateways = {busy, gateway(), gateway(), gateway()};
        GatewayClient client = client(choice);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 4 * OFTEN; i++) {
                int stuck = busy.asked();
                Future<CallOutcome<String>> call = threads.submit(() -> call(client, all(gateways)));
                while (!call.isDone() && busy.asked() == stuck) {
                    Thread.onSpinWait();
                }
            }
            done.countDown();
        }

        assertThat(List.of(gateways[1].asked(), gateways[2].asked(), gateways[3].asked()))
                .allSatisfy(calls -> assertThat(calls).isGreaterThan(OFTEN / 2));
        assertThat(busy.asked()).isLessThan(OFTEN / 2);
    }

    @Test
    void aCallThatTakesTooLongIsGivenUpAndNotMadeTwice() throws Exception {
        Gateway[] gateways = {gateway(), gateway()};
        for (Gateway gateway : gateways) {
            gateway.that(gateway.waitsFor(new CountDownLatch(1)));
        }

        CallOutcome<String> outcome =
                client().call(all(gateways), request(Map.of()), BodyHandlers.ofString(), Duration.ofMillis(200));

        assertThat(outcome).isInstanceOf(CallOutcome.TimedOut.class);
        assertThat(gateways[0].asked() + gateways[1].asked()).isEqualTo(1);
    }

    @Test
    void gatewaysAreShownTheCredentialsUnlessTheCallHasItsOwn() throws Exception {
        Gateway gateway = gateway();
        Optional<Credentials> credentials = Credentials.of(Optional.of("admin"), Optional.of("käse"));
        try (GatewayClient client = new GatewayClient(GatewayChoice.LEAST_REQUESTS, credentials)) {
            call(client, all(gateway));
            client.call(all(gateway), request(Map.of("authorization", "Bearer own")), BodyHandlers.ofString(), TIME);
        }

        assertThat(gateway.seen())
                .extracting(headers -> headers.get("Authorization"))
                .containsExactly(List.of("Basic YWRtaW46a8Okc2U="), List.of("Bearer own"));
    }

    @Test
    void aRedirectIsNotFollowedSoNobodyElseSeesTheCredentials() throws Exception {
        Gateway elsewhere = gateway();
        Gateway gateway = gateway().that(Gateway.answers(307, "Location", elsewhere.url() + "/function/f"));

        assertThat(status(call(client(), all(gateway)))).isEqualTo(307);
        assertThat(elsewhere.asked()).isZero();
    }
}
