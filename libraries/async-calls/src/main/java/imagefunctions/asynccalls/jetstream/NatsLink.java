package imagefunctions.asynccalls.jetstream;

import imagefunctions.asynccalls.QueueUnreachableException;
import imagefunctions.reasons.Reason;
import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import io.nats.client.JetStreamApiException;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.ServerInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The connection to the servers: made in the background, kept, and asked every second whether it can be used. */
final class NatsLink implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(NatsLink.class.getName());
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final Duration DEAF_AFTER = Duration.ofSeconds(5);
    private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration RECONNECT_WAIT = Duration.ofMillis(200);
    /** A cluster of earlier ones loses records that it acknowledged, when one of them is killed. */
    private static final String KEEPS_WHAT_IT_ACKNOWLEDGES = "2.10.23";

    private static final Pattern USER_INFO = Pattern.compile("//[^@/,]*@");

    private final JetStreamSettings settings;
    private final Layout layout;
    private final Authorities authorities;
    private final String shown;
    private final Object changed = new Object();
    private final CountDownLatch closing = new CountDownLatch(1);
    private @Nullable Session session;
    private boolean connectedOnce;
    private boolean reachable;
    private long lastAnswer = System.nanoTime();
    private String problem = "not connected yet";
    private volatile @Nullable Exception lastFault;

    NatsLink(JetStreamSettings settings, Layout layout) {
        this.settings = settings;
        this.layout = layout;
        this.authorities = new Authorities(settings.access().authorities());
        this.shown = USER_INFO.matcher(settings.servers()).replaceAll("//");
        Thread.ofVirtual().name("nats-link").start(this::keepLooking);
    }

    /** Refuses, at once, what cannot be done now. */
    void check() throws QueueUnreachableException {
        if (!isReachable()) {
            throw new QueueUnreachableException(
                    "The queue of asynchronous calls cannot be reached now: no answer of NATS JetStream.");
        }
    }

    /** Waits until there is a connection that can be used; nothing once closed. */
    @Nullable
    Session await() throws InterruptedException {
        synchronized (changed) {
            while (!reachable && closing.getCount() > 0) {
                changed.wait();
            }
            return closing.getCount() > 0 ? session : null;
        }
    }

    /**
     * The connection; what is asked of it may fail.
     *
     * @throws QueueUnreachableException if there never was one
     * @throws IOException while a new one is made
     */
    Session session() throws IOException {
        synchronized (changed) {
            if (session == null) {
                throw connectedOnce
                        ? new IOException("NATS is connected to again.")
                        : new QueueUnreachableException("NATS was not reached yet.");
            }
            return session;
        }
    }

    /** Publishes a message; its id is the same for each repetition, so that the stream takes it once. */
    void publishOnce(String subject, byte[] data) throws IOException {
        String id = UUID.randomUUID().toString();
        try {
            Patience.with(() -> {
                session().publish(subject, data, id);
                return true;
            });
        } catch (JetStreamApiException e) {
            throw new IOException(e);
        }
    }

    boolean isReachable() {
        synchronized (changed) {
            return reachable;
        }
    }

    private void keepLooking() {
        try {
            do {
                look();
            } while (!closing.await(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException stopped) {
            // Nobody is left who would ask.
        } finally {
            end();
        }
    }

    private void look() throws InterruptedException {
        Session current = session;
        try {
            if (current == null) {
                current = new Session(Nats.connect(options()));
                warnOfOld(current);
                hold(current);
                lastAnswer = System.nanoTime();
                layout.ensure(current);
                LOG.log(System.Logger.Level.INFO, "Asynchronous calls are kept by NATS JetStream at {0}", shown);
            } else if (current.connection().getStatus() != Connection.Status.CONNECTED) {
                throw new IOException(
                        "the connection is " + current.connection().getStatus());
            } else if (!isReachable()) {
                layout.ensure(current);
            } else {
                layout.probe(current);
            }
            lastFault = null;
            report(true, "");
            lastAnswer = System.nanoTime();
        } catch (JetStreamApiException | IOException | GeneralSecurityException | RuntimeException e) {
            report(false, reasonOf(e));
            replaceUnusable(current);
        }
    }

    private void warnOfOld(Session session) {
        ServerInfo server = session.connection().getServerInfo();
        if (!connectedOnce && session.isClustered() && server.isOlderThanVersion(KEEPS_WHAT_IT_ACKNOWLEDGES)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "nats-server {0} in a cluster may lose calls that it acknowledged when one of its processes is killed:"
                            + " use {1} or newer",
                    server.getVersion(),
                    KEEPS_WHAT_IT_ACKNOWLEDGES);
        }
    }

    /** The client only says that it cannot connect; why, it tells its listener. */
    private String reasonOf(Exception failure) {
        return authorities
                .refusal(failure)
                .or(() -> Optional.ofNullable(lastFault).flatMap(authorities::refusal))
                .orElseGet(
                        () -> failure instanceof IOException io ? Reason.of(io) : String.valueOf(failure.getMessage()));
    }

    /**
     * After a reconnect a connection may be up and yet get no answer any more, and after two refusals of its credentials, which
     * may have been changed, the client closes it for good: then a new one is made.
     */
    private void replaceUnusable(@Nullable Session current) throws InterruptedException {
        if (current == null) {
            return;
        }
        Connection.Status status = current.connection().getStatus();
        boolean isDeaf = status == Connection.Status.CONNECTED && System.nanoTime() - lastAnswer > DEAF_AFTER.toNanos();
        if (isDeaf || status == Connection.Status.CLOSED) {
            synchronized (changed) {
                session = null;
            }
            current.connection().close();
        }
    }

    private void hold(Session connected) {
        synchronized (changed) {
            session = connected;
            connectedOnce = true;
        }
    }

    private void report(boolean now, String why) {
        synchronized (changed) {
            if (now && !reachable && !problem.isEmpty() && session != null) {
                LOG.log(System.Logger.Level.INFO, "NATS JetStream at {0} can be used", shown);
            } else if (!now && !why.equals(problem)) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "NATS JetStream at {0} cannot be used, asynchronous calls are refused with 503 until it can: {1}",
                        shown,
                        why);
            }
            reachable = now;
            problem = why;
            changed.notifyAll();
        }
    }

    private Options options() throws IOException, GeneralSecurityException {
        Options.Builder options = new Options.Builder()
                .server(settings.servers())
                .connectionName(settings.name())
                .connectionTimeout(CONNECTION_TIMEOUT)
                .reconnectWait(RECONNECT_WAIT)
                .maxReconnects(-1)
                .errorListener(new ErrorListener() {
                    @Override
                    public void exceptionOccurred(Connection connection, Exception fault) {
                        lastFault = fault;
                    }
                });
        if (settings.access().credentials().isPresent()) {
            Path file = settings.access().credentials().get();
            String text = Files.readString(file).strip();
            int colon = text.indexOf(':');
            if (colon < 1) {
                throw new IOException(file + " holds no credentials: put one line there, USER:PASSWORD");
            }
            options.userInfo(text.substring(0, colon), text.substring(colon + 1));
        }
        if (settings.asksForTls()) {
            options.sslContext(authorities.context());
        }
        return options.build();
    }

    private void end() {
        Session last = session;
        if (last != null) {
            try {
                last.connection().close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        synchronized (changed) {
            closing.countDown();
            reachable = false;
            changed.notifyAll();
        }
    }
}
