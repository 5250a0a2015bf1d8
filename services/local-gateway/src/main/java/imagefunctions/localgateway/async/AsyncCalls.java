package imagefunctions.localgateway.async;

import imagefunctions.asynccalls.CallQueue;
import imagefunctions.asynccalls.QueueMetrics;
import imagefunctions.asynccalls.delivery.DeliveryWorkers;
import imagefunctions.asynccalls.delivery.WorkerSettings;
import imagefunctions.asynccalls.jetstream.JetStreamQueue;
import imagefunctions.asynccalls.store.Spool;
import imagefunctions.egress.GuardedClient;
import imagefunctions.reasons.Reason;
import imagefunctions.runtime.Metrics;
import imagefunctions.traces.Traces;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.vertx.http.HttpServerStart;
import io.quarkus.vertx.http.HttpsServerStart;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.io.IOException;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The queue of this process, from start to stop, and its workers, as long as this process can be called: the workflows that
 * they run call it.
 */
@Singleton
@Startup
final class AsyncCalls {
    private final CallQueue queue;
    private final Supplier<DeliveryWorkers> start;
    private @Nullable DeliveryWorkers workers;
    private boolean stopped;

    AsyncCalls(
            AsyncSettings.Home home,
            WorkerSettings workerSettings,
            GuardedClient client,
            CallerAnywhere functions,
            Metrics metrics,
            Traces traces) {
        this.queue = open(home);
        this.start = () -> DeliveryWorkers.start(queue, functions, client, workerSettings, traces);
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

    private DoubleSupplier figure(ToDoubleFunction<QueueMetrics> figure) {
        return () -> figure.applyAsDouble(queue.metrics());
    }

    CallQueue queue() {
        return queue;
    }

    void http(@ObservesAsync HttpServerStart served) {
        startWorkers();
    }

    void https(@ObservesAsync HttpsServerStart served) {
        startWorkers();
    }

    private synchronized void startWorkers() {
        if (workers == null && !stopped) {
            workers = start.get();
        }
    }

    /** Before the port is closed: what has not ended by then is left to the next process. */
    void sigterm(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) ShutdownDelayInitiatedEvent sigterm) {
        stopWorkers();
    }

    private synchronized void stopWorkers() {
        stopped = true;
        if (workers != null) {
            workers.close();
        }
    }

    @PreDestroy
    void stop() throws IOException {
        stopWorkers();
        queue.close();
    }
}
