package imagefunctions.localgateway.async;

import imagefunctions.asynccalls.QueueMetrics;
import imagefunctions.asynccalls.delivery.DeliveryWorkers;
import imagefunctions.asynccalls.delivery.WorkerSettings;
import imagefunctions.asynccalls.store.Spool;
import imagefunctions.asynccalls.store.SpoolSettings;
import imagefunctions.egress.GuardedClient;
import imagefunctions.reasons.Reason;
import imagefunctions.runtime.Metrics;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.function.DoubleSupplier;
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
            InProcessCaller functions,
            Metrics metrics) {
        try {
            this.spool = Spool.open(settings);
        } catch (IOException e) {
            // Without the cause, which would be printed with its stack instead.
            throw new ConfigurationException(
                    "The spool folder cannot be used (IMAGE_FUNCTIONS_SPOOL_FOLDER): " + Reason.of(e));
        }
        this.workers = DeliveryWorkers.start(spool, functions, client, workerSettings);
        metrics.gauge("async_calls_waiting", figure(QueueMetrics::waiting));
        metrics.gauge("async_calls_running", figure(QueueMetrics::running));
        metrics.gauge("async_results_undelivered", figure(QueueMetrics::undelivered));
        metrics.gauge(
                "async_oldest_overdue_seconds", figure(f -> f.oldestOverdue().toMillis() / 1000.0));
        metrics.gauge("async_spool_bytes", figure(QueueMetrics::bytes));
        metrics.gauge("async_dead_letters", figure(QueueMetrics::dead));
        metrics.counter("async_function_attempts_total", figure(QueueMetrics::functionAttempts));
        metrics.counter("async_callback_attempts_total", figure(QueueMetrics::callbackAttempts));
        metrics.counter("async_deliveries_total", figure(QueueMetrics::deliveries));
        metrics.counter("async_deaths_total", figure(QueueMetrics::givenUp));
        metrics.counter("async_dead_letters_dropped_total", figure(QueueMetrics::dropped));
    }

    private DoubleSupplier figure(ToDoubleFunction<QueueMetrics> figure) {
        return () -> figure.applyAsDouble(spool.metrics());
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
