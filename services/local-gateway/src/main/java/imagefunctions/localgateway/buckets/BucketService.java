package imagefunctions.localgateway.buckets;

import imagefunctions.embeddeds3.EmbeddedS3;
import imagefunctions.folders.PrivateFolder;
import imagefunctions.functions.processimages.rules.Rules;
import imagefunctions.reasons.Reason;
import imagefunctions.retry.Backoff;
import imagefunctions.runtime.Problem;
import imagefunctions.runtime.http.BrowserGuard;
import imagefunctions.runtime.http.Connections;
import imagefunctions.storage.Buckets;
import imagefunctions.storage.ObjectStore;
import imagefunctions.storage.ObjectStoreException;
import imagefunctions.storage.ObjectStoreSettings;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.HttpServerStart;
import io.quarkus.vertx.http.HttpsServerStart;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Runs beside the local gateway: the embedded S3 server or the events of another one, and the reconciler. */
@Singleton
final class BucketService {
    private static final Logger LOG = Logger.getLogger(BucketService.class);
    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));

    private final LocalStore local;
    private final BucketSettings own;
    private final ObjectStoreSettings settings;
    private final ObjectStore store;
    private final Rules rules;
    private final List<String> buckets;
    private final UploadTrigger trigger;
    private final Reconciler reconciler;
    private final BucketStatus status;
    private final BrowserGuard browsers;
    private final Connections connections;
    private final CountDownLatch httpServes = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();
    private volatile @Nullable EmbeddedS3 server;

    BucketService(
            LocalStore local,
            BucketSettings own,
            ObjectStoreSettings settings,
            ObjectStore store,
            Buckets buckets,
            Rules rules,
            UploadTrigger trigger,
            Reconciler reconciler,
            BucketStatus status,
            BrowserGuard browsers,
            Connections connections) {
        this.local = local;
        this.own = own;
        this.settings = settings;
        this.store = store;
        this.rules = rules;
        this.buckets = Stream.concat(buckets.all().stream(), rules.buckets().stream())
                .distinct()
                .toList();
        this.trigger = trigger;
        this.reconciler = reconciler;
        this.status = status;
        this.browsers = browsers;
        this.connections = connections;
    }

    void start(@Observes StartupEvent event) {
        if (!own.buckets()) {
            status.off("IMAGE_FUNCTIONS_BUCKETS is false");
        } else if (local.isUsed()) {
            run("embedded-s3", this::serve);
        } else {
            status.on(settings.endpoint());
            run("reconciler", this::reconcile);
            for (String bucket : rules.sources()) {
                run("events-of-" + bucket, () -> listen(bucket));
            }
        }
    }

    void http(@ObservesAsync HttpServerStart event) {
        httpServes.countDown();
    }

    void https(@ObservesAsync HttpsServerStart event) {
        httpServes.countDown();
    }

    private interface Work {
        void run() throws InterruptedException;
    }

    private void run(String name, Work work) {
        threads.add(Thread.ofPlatform().daemon().name(name).start(() -> {
            try {
                work.run();
            } catch (InterruptedException stop) {
                LOG.debugf("%s ends", name);
            }
        }));
    }

    private void serve() throws InterruptedException {
        try {
            startServer();
        } catch (IOException | RuntimeException e) {
            LOG.errorf(
                    "The process ends, because %s. To have it without buckets, set IMAGE_FUNCTIONS_BUCKETS=false.",
                    Reason.of(e));
            LOG.debug("The S3 server cannot start", e);
            Quarkus.asyncExit(1);
            return;
        }
        LOG.infof("S3 is at %s, its buckets are %s", settings.endpoint(), String.join(", ", buckets));
        status.on(settings.endpoint());
        reconcile();
    }

    private void startServer() throws IOException {
        // As folders, so that they are there when the server first answers.
        for (String bucket : buckets) {
            PrivateFolder.make(local.objects().resolve(bucket));
        }
        server = EmbeddedS3.start(
                local.objects(),
                local.listening(settings),
                settings.accessKey(),
                settings.secretKey(),
                trigger::accept,
                (method, headers) -> browsers.refusal(method, headers).map(Problem::detail),
                connections.headTimeout());
        store.makeBuckets(buckets);
    }

    private void reconcile() throws InterruptedException {
        // The function that converts is called over HTTP.
        httpServes.await();
        reconciler.run();
    }

    /** Listens to the store's events of a bucket; what was missed while the connection was down is reconciled. */
    private void listen(String bucket) throws InterruptedException {
        Duration wait;
        int failures = 0;
        do {
            try {
                store.makeBuckets(buckets);
                if (!store.listen(bucket, reconciler::runSoon, trigger::accept)) {
                    LOG.infof(
                            "%s has no event stream: have it notify POST /async-function/processimages (docs/buckets.md).",
                            settings.endpoint());
                    return;
                }
                failures = 0;
            } catch (ObjectStoreException e) {
                LOG.warn(e.getMessage());
                failures++;
            }
            // Even a connection that ended in order is not made again at once: the store may be shutting down.
            wait = BACKOFF.withJitter(1 + failures);
        } while (!stopped.await(wait.toMillis(), TimeUnit.MILLISECONDS));
    }

    void stop(@Observes ShutdownEvent event) throws IOException {
        stopped.countDown();
        threads.forEach(Thread::interrupt);
        EmbeddedS3 running = server;
        if (running != null) {
            running.close();
        }
    }
}
