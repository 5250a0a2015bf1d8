package imagefunctions.embeddeds3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import org.gaul.shaded.org.eclipse.jetty.io.Connection;
import org.gaul.shaded.org.eclipse.jetty.io.EndPoint;
import org.gaul.shaded.org.eclipse.jetty.server.Connector;
import org.gaul.shaded.org.eclipse.jetty.server.HttpConfiguration;
import org.gaul.shaded.org.eclipse.jetty.server.HttpConnectionFactory;
import org.gaul.shaded.org.eclipse.jetty.server.internal.HttpConnection;
import org.gaul.shaded.org.eclipse.jetty.util.Callback;
import org.gaul.shaded.org.eclipse.jetty.util.thread.Scheduler;

/** Ends connections whose request heads come too slowly; by itself, the server bounds the time between two bytes. */
final class HeadTimeout extends HttpConnectionFactory {
    /** For the sender to read the answer: closing at once, before what it still sends is read, would destroy that. */
    private static final int LINGER_SECONDS = 2;

    private final Duration limit;

    HeadTimeout(Duration limit, HttpConfiguration configuration) {
        super(configuration);
        this.limit = limit;
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
        return configure(new TimedConnection(connector, endPoint), connector, endPoint);
    }

    private final class TimedConnection extends HttpConnection {
        private volatile Optional<Scheduler.Task> timer = Optional.empty();
        private volatile boolean refused;

        TimedConnection(Connector connector, EndPoint endPoint) {
            super(HeadTimeout.this.getHttpConfiguration(), connector, endPoint);
        }

        /** Something can be read, of a head if no body is awaited. */
        @Override
        public void onFillable() {
            if (refused) {
                return;
            }
            if (getParser().inHeaderState() && timer.isEmpty()) {
                timer = Optional.of(
                        getConnector().getScheduler().schedule(this::refuse, limit.toMillis(), MILLISECONDS));
            }
            super.onFillable();
        }

        @Override
        protected RequestHandler newRequestHandler() {
            return new RequestHandler() {
                @Override
                public boolean headerComplete() {
                    stopTimer();
                    return super.headerComplete();
                }
            };
        }

        @Override
        public void onClose(Throwable cause) {
            stopTimer();
            super.onClose(cause);
        }

        private void stopTimer() {
            timer.ifPresent(Scheduler.Task::cancel);
            timer = Optional.empty();
        }

        private void refuse() {
            refused = true;
            getEndPoint().write(Callback.from(this::closeSoon), ByteBuffer.wrap(answer()));
        }

        private void closeSoon() {
            getEndPoint().shutdownOutput();
            getConnector().getScheduler().schedule(this::close, LINGER_SECONDS, SECONDS);
        }
    }

    private byte[] answer() {
        S3Error error = new S3Error(
                408,
                "RequestTimeout",
                "The head of the request did not arrive within " + limit.toMillis() / 1000.0
                        + " s: send it in one piece.");
        return ("HTTP/1.1 408 Request Timeout\r\n"
                        + S3Error.SAFETY_HEADERS.asString().stripTrailing()
                        + "\r\nContent-Type: " + S3Error.MEDIA_TYPE + "\r\nContent-Length: "
                        + error.body().length() + "\r\nConnection: close\r\n\r\n" + error.body())
                .getBytes(UTF_8);
    }
}
