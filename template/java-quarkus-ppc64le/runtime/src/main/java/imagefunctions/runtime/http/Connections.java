package imagefunctions.runtime.http;

import com.sun.management.UnixOperatingSystemMXBean;
import imagefunctions.runtime.OpenFaasSettings;
import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.AbstractNioChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/** All connections to this process: no more than its file descriptors allow, each of them watched. */
@Singleton
public final class Connections implements HttpServerOptionsCustomizer {
    private static final Logger LOG = Logger.getLogger(Connections.class);
    private static final int FEWEST = 16;
    private static final int MOST = 1_000_000;
    private static final int LAST_CONNECTIONS = 1024;

    private final Duration headTimeout;
    private final Duration writeTimeout;
    private final Duration longestCall;
    private final BrowserHeaders browsers;
    private final AtomicInteger open = new AtomicInteger();
    private final ChannelGroup listeners = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final ChannelGroup accepted = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private HttpServerOptions options = new HttpServerOptions();
    private volatile int most = MOST;
    private volatile boolean closing;

    Connections(Environment environment, HttpLimits limits, OpenFaasSettings openFaas, BrowserHeaders browsers) {
        this.headTimeout = environment.headTimeout();
        this.writeTimeout = limits.writeTimeout();
        this.longestCall = limits.readTimeout().plus(openFaas.execTimeout()).plus(writeTimeout);
        this.browsers = browsers;
        HttpLimits.within(
                "IMAGE_FUNCTIONS_HEAD_TIMEOUT", headTimeout.toMillis(), 1, Integer.MAX_VALUE, " ms, as 10s or 500ms");
    }

    /** Half of the descriptors that are free: files and outgoing connections have the rest. */
    private static int half() {
        if (!(ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system)) {
            return MOST;
        }
        long free = system.getMaxFileDescriptorCount() - system.getOpenFileDescriptorCount();
        return Math.clamp(free / 2, FEWEST, MOST);
    }

    @Override
    public void customizeHttpServer(HttpServerOptions all) {
        options = all;
        long idle = all.getIdleTimeoutUnit().toMillis(all.getIdleTimeout());
        all.setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setIdleTimeout(Math.clamp(longestCall.toMillis(), Math.toIntExact(idle), Integer.MAX_VALUE));
        ConnectionHook.install(this);
    }

    void listening(Channel listener) {
        most = half();
        listeners.add(listener);
    }

    /** Looks after a connection of which nothing was read yet; one too many is closed without an answer. */
    void accepted(Channel connection) {
        if (open.incrementAndGet() > most) {
            open.decrementAndGet();
            connection.unsafe().closeForcibly();
            return;
        }
        connection.closeFuture().addListener(closed -> open.decrementAndGet());
        connection
                .pipeline()
                .addFirst(new ConnectionGuard(
                        headTimeout,
                        writeTimeout,
                        new RequestDecoder(options),
                        new RequestGate(() -> closing, browsers)));
        accepted.add(connection);
    }

    /** How long the head of a request may take, from its first byte. */
    public Duration headTimeout() {
        return headTimeout;
    }

    /** From now on, every answer is the last one on its connection. */
    void closeAfterAnswers() {
        closing = true;
    }

    /** Takes the connections that are already made, and no more. */
    void stopAccepting() {
        listeners.forEach(listener -> listener.deregister().addListener(done -> closePort(listener)));
    }

    /**
     * Connections that the system still holds when the port is closed are reset, so nothing lies between the last one
     * and the end; a selector that watches a port would keep it open until it selects again.
     */
    private static void closePort(Channel listener) {
        if (!(listener.unsafe() instanceof AbstractNioChannel.NioUnsafe port)
                || !(port.ch() instanceof ServerSocketChannel server)) {
            listener.close();
        } else if (server.isRegistered()) {
            listener.eventLoop().schedule(() -> closePort(listener), 1, TimeUnit.MILLISECONDS);
        } else {
            try (server) {
                SocketChannel last = server.accept();
                for (int i = 0; last != null && i < LAST_CONNECTIONS; i++) {
                    listener.pipeline().fireChannelRead(new NioSocketChannel(listener, last));
                    last = server.accept();
                }
            } catch (IOException e) {
                LOG.warn("Connections that were made just before the port was closed may be lost", e);
            }
            listener.close();
        }
    }

    /** Closes the connections on which nothing is asked. */
    void closeIdle() {
        accepted.forEach(RequestGate::closeIfIdle);
    }

    @ConfigMapping(prefix = "image-functions")
    interface Environment {
        /** Time for a request's head to arrive, from its first byte. */
        @WithDefault("10s")
        Duration headTimeout();
    }
}
