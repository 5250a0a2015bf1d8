package imagefunctions.localgateway.async;

import imagefunctions.asynccalls.CallQueue;
import imagefunctions.asynccalls.QueueMetrics;
import imagefunctions.asynccalls.delivery.DeliveryWorkers;
import imagefunctions.asynccalls.delivery.WorkerSettings;
import imagefunctions.asynccalls.jetstream.JetStreamQueue;
import imagefunctions.asynccalls.store.Spool;
import imagefunctions.egress.GuardedClient;
import imagefunctions.reasons.Reason;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.function.ToDoubleFunction;

/** The queue and the workers of this process, from start to stop. */
@Singleton
@Startup
final class AsyncCalls {
    private final CallQueue queue;
    private final DeliveryWorkers workers;

    AsyncCalls(
            AsyncSettings.Home home,
            WorkerSettings workerSettings,
            GuardedClient client,
            CallerAnywhere functions,
            MeterRegistry metrics) {
        this.queue = open(home);
        this.workers = DeliveryWorkers.start(queue, functions, client, workerSettings);
        gauge(metrics, "async.calls.waiting", QueueMetrics::waiting);
        gauge(metrics, "async.calls.running", QueueMetrics::running);
        gauge(metrics, "async.results.undelivered", QueueMetrics::undelivered);
        gauge(metrics, "async.oldest.overdue.seconds", f -> f.oldestOverdue().toMillis() / 1000.0);
        gauge(metrics, "async.spool.bytes", QueueMetrics::bytes);
        gauge(metrics, "async.dead.letters", QueueMetrics::dead);
        counter(metrics, "async.function.attempts", QueueMetrics::functionAttempts);
        counter(metrics, "async.callback.attempts", QueueMetrics::callbackAttempts);
        counter(metrics, "async.deliveries", QueueMetrics::deliveries);
        counter(metrics, "async.deaths", QueueMetrics::givenUp);
        counter(metrics, "async.dead.letters.dropped", QueueMetrics::dropped);
    }

    private static CallQueue open(AsyncSettings.Home home) {
        return switch (home) {
            case AsyncSettings.Home.JetStream jetStream -> JetStreamQueue.open(jetStream.settings());
            case AsyncSettings.Home.Folder folder -> {
                try {
                    yield Spool.open(folder.settings());
                } catch (IOException e) {
                    // Without the cause, which would be printed with its stack instead.
                    throw new ConfigurationException(
                            "The spool folder cannot be used (IMAGE_FUNCTIONS_SPOOL_FOLDER): " + Reason.of(e));
                }
            }
        };
    }

    private void gauge(MeterRegistry metrics, String name, ToDoubleFunction<QueueMetrics> figure) {
        metrics.gauge(name, queue, q -> figure.applyAsDouble(q.metrics()));
    }

    private void counter(MeterRegistry metrics, String name, ToDoubleFunction<QueueMetrics> figure) {
        FunctionCounter.builder(name, queue, q -> figure.applyAsDouble(q.metrics()))
                .register(metrics);
    }

    CallQueue queue() {
        return queue;
    }

    @PreDestroy
    void stop() throws IOException {
        workers.close();
        queue.close();
    }
}
