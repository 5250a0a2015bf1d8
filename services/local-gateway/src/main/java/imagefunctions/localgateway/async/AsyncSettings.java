package imagefunctions.localgateway.async;

import imagefunctions.asynccalls.QueueLimits;
import imagefunctions.asynccalls.QueueNames;
import imagefunctions.asynccalls.delivery.WorkerSettings;
import imagefunctions.asynccalls.jetstream.JetStreamSettings;
import imagefunctions.asynccalls.store.SpoolSettings;
import imagefunctions.egress.EgressPolicy;
import imagefunctions.egress.EgressTimeouts;
import imagefunctions.egress.GuardedClient;
import imagefunctions.egress.Proxies;
import imagefunctions.retry.Backoff;
import imagefunctions.retry.RetryPolicy;
import imagefunctions.runtime.funqy.CallLimits;
import imagefunctions.runtime.http.HttpLimits;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The settings of asynchronous calls, from the environment. */
@Singleton
final class AsyncSettings {

    @ConfigMapping(prefix = "image-functions")
    interface Environment {
        @WithDefault("data/spool")
        Path spoolFolder();

        @WithDefault("4G")
        MemorySize spoolMaxBytes();

        @WithDefault("100000")
        int spoolMaxCalls();

        @WithDefault("256M")
        MemorySize spoolMinFree();

        @WithDefault("1000")
        int deadMaxCount();

        @WithDefault("1G")
        MemorySize deadMaxBytes();

        @WithDefault("10000")
        int deliveredMaxCount();

        @WithDefault("24h")
        Duration deliveredKept();

        @WithDefault("0")
        int asyncWorkers();

        @WithDefault("6")
        int asyncAttempts();

        @WithDefault("1s")
        Duration asyncFirstWait();

        @WithDefault("5m")
        Duration asyncLongestWait();

        @WithDefault("16")
        int callbackWorkers();

        @WithDefault("16")
        int callbackAttempts();

        @WithDefault("1s")
        Duration callbackFirstWait();

        @WithDefault("10m")
        Duration callbackLongestWait();

        @WithDefault("local")
        String callbackAllow();

        Optional<String> callbackSecret();

        @WithDefault("waiting:16=chaining")
        String queues();

        Optional<Path> stack();

        Optional<String> queue();

        @WithDefault("image-functions")
        String queueName();

        @WithDefault("0")
        int queueReplicas();

        @WithDefault("30s")
        Duration queueAckWait();

        @WithDefault("1m")
        Duration queueSweepEvery();

        Optional<Path> queueCredentials();

        Optional<Path> queueAuthorities();
    }

    /** What no call owns is left alone for this many sweeps at least: its call may be about to be written. */
    private static final int SWEEPS_OF_GRACE = 10;

    /** Where the queue is kept. */
    sealed interface Home {
        record Folder(SpoolSettings settings) implements Home {}

        record JetStream(JetStreamSettings settings) implements Home {}
    }

    @Produces
    @Singleton
    Home home(Environment environment, HttpLimits bodies, CallLimits calls) {
        QueueLimits limits = limits(environment, bodies);
        QueueNames queues = queues(environment).names();
        if (environment.queue().isEmpty()) {
            return new Home.Folder(new SpoolSettings(
                    environment.spoolFolder(), environment.spoolMinFree().asLongValue(), limits, queues));
        }
        return new Home.JetStream(new JetStreamSettings(
                environment.queue().get(),
                new JetStreamSettings.Access(environment.queueCredentials(), environment.queueAuthorities()),
                environment.queueName(),
                environment.queueReplicas(),
                environment.queueAckWait(),
                environment.queueSweepEvery(),
                orphanAge(environment.queueSweepEvery(), bodies, calls),
                limits,
                queues));
    }

    /** Longer than a call takes from the first byte of its body to the last one of its result. */
    private static Duration orphanAge(Duration sweepEvery, HttpLimits bodies, CallLimits calls) {
        Duration longestCall = bodies.readTimeout()
                .plus(calls.execTimeout())
                .plus(bodies.writeTimeout())
                .plusMinutes(1);
        Duration grace = sweepEvery.multipliedBy(SWEEPS_OF_GRACE);
        return grace.compareTo(longestCall) > 0 ? grace : longestCall;
    }

    private static QueueLimits limits(Environment environment, HttpLimits bodies) {
        return new QueueLimits(
                environment.spoolMaxBytes().asLongValue(),
                environment.spoolMaxCalls(),
                bodies.maxBody(),
                environment.deadMaxCount(),
                environment.deadMaxBytes().asLongValue(),
                environment.deliveredMaxCount(),
                environment.deliveredKept(),
                retry(
                        "IMAGE_FUNCTIONS_ASYNC",
                        environment.asyncAttempts(),
                        environment.asyncFirstWait(),
                        environment.asyncLongestWait()),
                retry(
                        "IMAGE_FUNCTIONS_CALLBACK",
                        environment.callbackAttempts(),
                        environment.callbackFirstWait(),
                        environment.callbackLongestWait()));
    }

    private static NamedQueues queues(Environment environment) {
        Map<String, String> asked = environment.stack().map(StackFile::queues).orElse(Map.of());
        return NamedQueues.of(environment.queues(), asked, callWorkers(environment));
    }

    private static int callWorkers(Environment environment) {
        return environment.asyncWorkers() == 0
                ? Runtime.getRuntime().availableProcessors()
                : environment.asyncWorkers();
    }

    @Produces
    @Singleton
    WorkerSettings workers(Environment environment) {
        Map<String, Integer> all = new TreeMap<>(queues(environment).workers());
        all.put(QueueNames.DEFAULT, callWorkers(environment));
        return named(
                "IMAGE_FUNCTIONS_ASYNC_WORKERS or IMAGE_FUNCTIONS_CALLBACK_WORKERS",
                () -> new WorkerSettings(all, environment.callbackWorkers(), environment.callbackSecret()));
    }

    @Produces
    @Singleton
    GuardedClient client(Environment environment, Proxies proxies) {
        String allowed = environment.callbackAllow();
        EgressPolicy policy = named(
                "IMAGE_FUNCTIONS_CALLBACK_ALLOW",
                () -> allowed.equals("local") ? EgressPolicy.local() : EgressPolicy.allowing(allowed));
        return new GuardedClient(policy, EgressTimeouts.DEFAULTS, proxies);
    }

    private static RetryPolicy retry(String prefix, int attempts, Duration first, Duration longest) {
        return named(
                prefix + "_ATTEMPTS, _FIRST_WAIT or _LONGEST_WAIT",
                () -> new RetryPolicy(attempts, new Backoff(first, longest)));
    }

    private static <T> T named(String variables, Supplier<T> settings) {
        try {
            return settings.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(variables + " is not allowed: " + e.getMessage(), e);
        }
    }
}
