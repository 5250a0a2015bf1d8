package imagefunctions.localgateway.async;

import imagefunctions.asynccalls.QueueMetrics;
import imagefunctions.asynccalls.delivery.DeliveryWorkers;
import imagefunctions.asynccalls.delivery.WorkerSettings;
import imagefunctions.asynccalls.store.Spool;
import imagefunctions.asynccalls.store.SpoolSettings;
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

/** The spool of this process and its workers, from start to stop. */
@Singleton
@Startup
final class AsyncCalls {
    private final Spool spool;
    private final DeliveryWorkers workers;

    AsyncCalls(
            SpoolSettings settings,
            WorkerSettings workerSettings,
            GuardedClient client,
            CallerAnywhere functions,
            MeterRegistry metrics) {
        try {
            this.spool = Spool.open(settings);
        } catch (IOException e) {
            // Without the cause, which would be printed with its stack instead.
            throw new ConfigurationException(
                    "The spool folder cannot be used (IMAGE_FUNCTIONS_SPOOL_FOLDER): " + Reason.of(e));
        }
        this.workers = DeliveryWorkers.start(spool, functions, client, workerSettings);
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

    private void gauge(MeterRegistry metrics, String name, ToDoubleFunction<QueueMetrics> figure) {
        metrics.gauge(name, spool, s -> figure.applyAsDouble(s.metrics()));
    }

    private void counter(MeterRegistry metrics, String name, ToDoubleFunction<QueueMetrics> figure) {
        FunctionCounter.builder(name, spool, s -> figure.applyAsDouble(s.metrics()))
                .register(metrics);
    }

    Spool spool() {
        return spool;
    }

    @PreDestroy
    void stop() throws IOException {
        workers.close();
        spool.close();
    }
}
