package imagefunctions.benchmarks.gateways;

import imagefunctions.gatewayclient.GatewayChoice;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Measures how long calls take behind four gateways, of which one is slow, and one dies. Prints tables in Markdown. */
final class GatewaysBenchmark {
    private static final Duration WORK = Duration.ofMillis(50);
    private static final int ROUNDS = 3;
    private static final Duration EACH = Duration.ofSeconds(12);
    private static final double UTILISATION = 0.8;

    private static final Map<String, Function<List<URI>, Strategy>> STRATEGIES = new LinkedHashMap<>();

    static {
        STRATEGIES.put("round-robin", RoundRobin::new);
        STRATEGIES.put("power-of-two-choices", urls -> new BalancedClient(GatewayChoice.POWER_OF_TWO_CHOICES, urls));
        STRATEGIES.put("least-requests", urls -> new BalancedClient(GatewayChoice.LEAST_REQUESTS, urls));
    }

    private GatewaysBenchmark() {}

    public static void main(String[] args) throws Exception {
        for (Function<List<URI>, Strategy> strategy : STRATEGIES.values()) {
            round(strategy, 0, Duration.ofSeconds(2), false);
        }
        print("## One is three times slower\n");
        measure(false);
        print("\n## One is three times slower, and one of the others dies half-strategy\n");
        measure(true);
    }

    /** The strategies take turns, so that what else the machine does meets them alike. */
    private static void measure(boolean oneDies) throws Exception {
        Map<String, List<Long>> results = new LinkedHashMap<>();
        for (int i = 1; i <= ROUNDS; i++) {
            for (var strategy : STRATEGIES.entrySet()) {
                results.computeIfAbsent(strategy.getKey(), name -> new ArrayList<>())
                        .addAll(round(strategy.getValue(), i, EACH, oneDies));
            }
        }
        print("| | calls | mean ms | p50 ms | p99 ms | failed |");
        print("|---|---|---|---|---|---|");
        results.forEach(GatewaysBenchmark::row);
    }

    private static List<Long> round(Function<List<URI>, Strategy> how, long seed, Duration lasting, boolean oneDies)
            throws Exception {
        try (SimulatedGateway first = new SimulatedGateway(WORK);
                SimulatedGateway second = new SimulatedGateway(WORK);
                SimulatedGateway third = new SimulatedGateway(WORK);
                SimulatedGateway slow = new SimulatedGateway(WORK.multipliedBy(3));
                Strategy strategy = how.apply(List.of(first.url(), second.url(), third.url(), slow.url()))) {
            double capacity = first.capacity() + second.capacity() + slow.capacity() + (oneDies ? 0 : third.capacity());
            return new Load(UTILISATION * capacity, lasting).on(strategy, seed, oneDies ? third::close : () -> {});
        }
    }

    private static void row(String name, List<Long> took) {
        List<Long> answered = took.stream().filter(nanos -> nanos >= 0).sorted().toList();
        print(String.format(
                Locale.ROOT,
                "| %s | %d | %.0f | %.0f | %.0f | %d |",
                name,
                took.size(),
                answered.stream().mapToLong(Long::longValue).average().orElse(0) / 1e6,
                quantile(answered, 0.5),
                quantile(answered, 0.99),
                took.size() - answered.size()));
    }

    private static double quantile(List<Long> ascending, double quantile) {
        return ascending.get((int) Math.ceil(quantile * ascending.size()) - 1) / 1e6;
    }

    private static void print(String line) {
        System.out.println(line);
    }
}
