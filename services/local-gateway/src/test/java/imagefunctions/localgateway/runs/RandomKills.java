package imagefunctions.localgateway.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import imagefunctions.localgateway.runs.FailingFunctions.Call;
import imagefunctions.localgateway.runs.FailingFunctions.StepOfRun;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs of six steps, whose functions fail at random, on two gateways, of which one is killed at random, and replaced
 * before more begin; with {@code -Druns=200 -Dkills=30} for longer.
 */
public final class RandomKills implements AutoCloseable {
    private static final int RUNS = Integer.getInteger("runs", 6);
    private static final int KILLS = Integer.getInteger("kills", 1);
    private static final int CALLS_OF_A_RUN = 7;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String WORKFLOW = """
            workflow:
              durable: true
              retry: {times: 3, delay: 1ms}
              steps: [{function: s0}, {function: s1}, {function: s2}, {function: s3}, {function: s4}, {function: s5}]
              on_failure: notify
              finally: audit
            """;

    /**
     * A gateway was killed.
     *
     * @param before how many calls there had been before
     * @param kept what was kept of the runs that had not ended
     * @param seen how many calls there had been when that was known
     */
    private record Kill(int before, Set<StepOfRun> kept, int seen) {}

    private final Random random = new Random(17);
    private final FailingFunctions functions = new FailingFunctions();
    private final KilledGateways gateways;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    /** Of each run the answer that ended it. */
    private final List<Future<HttpResponse<String>>> callers = new ArrayList<>();

    private final List<Kill> kills = new ArrayList<>();

    private RandomKills(Map<String, String> home, Path folder) throws IOException {
        gateways = new KilledGateways(home, folder, functions.url(), WORKFLOW);
    }

    /** The home of runs that a bucket of this store is. */
    public static Map<String, String> bucket(URI endpoint) {
        return Map.of(
                "IMAGE_FUNCTIONS_RUNS_BUCKET",
                "random-kills",
                "S3_ENDPOINT",
                endpoint.toString(),
                "minio_access_key",
                "tester",
                "minio_secret_key",
                BucketHome.SECRET);
    }

    /**
     * Asserts that every run ends in a state that is true, that no step is called again whose result was kept, and that
     * {@code on_failure} and {@code finally} have one result.
     *
     * @param home the settings that say where runs are kept
     */
    public static void leaveEveryRunTrue(Map<String, String> home, Path folder) throws Exception {
        try (RandomKills kills = new RandomKills(home, folder)) {
            for (int kill = 0; kill < KILLS; kill++) {
                kills.gateways.startThoseThatAreDead();
                kills.callUpTo(RUNS * (kill + 1) / (KILLS + 1));
                kills.killOne();
            }
            kills.callUpTo(RUNS);
            kills.check();
        }
    }

    private void callUpTo(int count) {
        while (callers.size() < count) {
            int number = callers.size();
            callers.add(threads.submit(() -> callUntilEnded(number)));
        }
    }

    private static String run(int number) {
        return "run-" + number;
    }

    /** Sends the same call again, to each gateway in turn, until there is nothing more to wait for. */
    private HttpResponse<String> callUntilEnded(int number) {
        AtomicInteger turn = new AtomicInteger(number);
        return await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(100))
                .atMost(PATIENCE)
                .until(() -> gateways.call(run(number), turn.getAndIncrement()), RandomKills::isLast)
                .orElseThrow();
    }

    private static boolean isLast(Optional<HttpResponse<String>> answer) {
        return answer.isPresent()
                && answer.get().headers().firstValue("Retry-After").isEmpty();
    }

    /** In the middle of one of the calls to come, with about half of those of the runs that have begun behind it. */
    private void killOne() throws Exception {
        FailingFunctions.Held held =
                functions.hold(random.nextInt(Math.max(1, CALLS_OF_A_RUN * RUNS / (KILLS + 1) / 2 - 1)));
        String run = held.run().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        int before = functions.count();
        gateways.kill(run);
        held.released().countDown();
        kills.add(new Kill(before, keptOfThoseUnderWay(), functions.count()));
    }

    private Set<StepOfRun> keptOfThoseUnderWay() throws Exception {
        Set<StepOfRun> kept = new HashSet<>();
        for (int number = 0; number < callers.size(); number++) {
            if (!callers.get(number).isDone()) {
                String run = run(number);
                for (JsonNode step : gateways.status(run).path("steps")) {
                    kept.add(new StepOfRun(run, step.path("index").asInt()));
                }
            }
        }
        return kept;
    }

    private void check() throws Exception {
        for (int number = 0; number < RUNS; number++) {
            String run = run(number);
            HttpResponse<String> answer = callers.get(number).get();
            assertThat(gateways.callAgain(run).body()).isEqualTo(answer.body());
            JsonNode status = gateways.status(run);
            List<Call> calls = functions.calls(run);
            assertEndIsTrue(run, answer, status, calls);
            assertNoneIsRepeatedButByAKill(calls);
            assertEachHookHasOneResult(run, status, calls);
        }
        List<Call> calls = functions.calls();
        for (Kill kill : kills) {
            assertThat(calls.subList(kill.seen(), calls.size()))
                    .as("calls of steps that were kept before")
                    .noneMatch(call -> kill.kept().contains(call.step()));
        }
        assertThat(gateways.cutOff()).as("runs whose gateway was killed").isNotEmpty();
    }

    private void assertEndIsTrue(String run, HttpResponse<String> answer, JsonNode status, List<Call> calls)
            throws Exception {
        String failed = "";
        if (answer.statusCode() == 200) {
            assertThat(answer.body()).isEqualTo(run + "s0s1s2s3s4s5");
            assertThat(state(status)).isEqualTo("succeeded");
        } else {
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(502);
            assertThat(state(status)).isEqualTo("failed");
            JsonNode problem = new ObjectMapper().readTree(answer.body());
            failed = problem.path("step").asText();
            assertThat(problem.path("stepStatus").asInt())
                    .as(answer.body())
                    .isEqualTo(of(failed, calls).getLast().status())
                    .isNotEqualTo(200);
        }
        for (Call call : calls) {
            if (call.status() == 422 && !call.function().equals(failed)) {
                assertThat(calls)
                        .as("%s, which came too late to be kept", call)
                        .anyMatch(again -> isRepeatedByAKill(call, again));
            }
        }
    }

    private static String state(JsonNode status) {
        return status.path("state").asText();
    }

    private static List<Call> of(String function, List<Call> calls) {
        return calls.stream().filter(call -> call.function().equals(function)).toList();
    }

    private boolean isRepeatedByAKill(Call call, Call again) {
        return again.step().equals(call.step())
                && kills.stream().anyMatch(kill -> call.number() < kill.seen() && kill.before() <= again.number());
    }

    /** A step that has begun shows that those before it were kept: none of them may be called from then on. */
    private void assertNoneIsRepeatedButByAKill(List<Call> calls) {
        for (int i = 1; i < calls.size(); i++) {
            Call before = calls.get(i - 1);
            Call call = calls.get(i);
            assertThat(call.step().index())
                    .as("%s after %s", call, before)
                    .isGreaterThanOrEqualTo(before.step().index());
            if (call.step().equals(before.step()) && before.status() != 503) {
                assertThat(isRepeatedByAKill(before, call))
                        .as("%s after %s", call, before)
                        .isTrue();
            }
        }
    }

    /** However often a kill had it called, {@code finally} is one step of the run with one result; so is {@code on_failure}. */
    private static void assertEachHookHasOneResult(String run, JsonNode status, List<Call> calls) {
        List<String> results = status.path("steps").findValuesAsText("function");
        for (String hook : List.of("notify", "audit")) {
            int once = hook.equals("notify") && state(status).equals("succeeded") ? 0 : 1;
            assertThat(of(hook, calls).stream().map(Call::step).distinct())
                    .as("%s of %s", hook, run)
                    .hasSize(once);
            assertThat(results)
                    .filteredOn(hook::equals)
                    .as("%s of %s", hook, run)
                    .hasSize(once);
        }
    }

    @Override
    public void close() throws IOException {
        threads.shutdownNow();
        gateways.close();
        functions.close();
    }
}
