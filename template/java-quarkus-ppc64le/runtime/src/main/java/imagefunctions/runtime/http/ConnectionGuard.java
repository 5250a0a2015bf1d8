package imagefunctions.runtime.http;

import imagefunctions.runtime.Problem;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Ends a connection whose request heads come too slowly, or on which what is sent is not taken. */
final class ConnectionGuard extends ChannelDuplexHandler {
    /** Vert.x' name for what makes bytes of answers. */
    private static final String ENCODER = "httpEncoder";

    private final Duration headTimeout;
    private final Duration writeTimeout;
    private final RequestDecoder decoder;
    private final RequestGate gate;
    private Optional<Future<?>> timer = Optional.empty();
    private boolean heard;
    private boolean watchesWrites;

    ConnectionGuard(Duration headTimeout, Duration writeTimeout, RequestDecoder decoder, RequestGate gate) {
        this.headTimeout = headTimeout;
        this.writeTimeout = writeTimeout;
        this.decoder = decoder;
        this.gate = gate;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        context.pipeline().replace(RequestDecoder.NAME, RequestDecoder.NAME, decoder);
        context.pipeline().addAfter(ENCODER, null, gate);
        context.executor().schedule(() -> closeIfSilent(context), headTimeout.toMillis(), TimeUnit.MILLISECONDS);
        context.fireChannelActive();
    }

    /** Of one on which nothing was ever sent, nobody is answered. */
    private void closeIfSilent(ChannelHandlerContext context) {
        if (!heard) {
            context.close();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
        heard = true;
        boolean awaited = gate.awaitsHead();
        long heads = gate.heads();
        context.fireChannelRead(bytes);
        if (gate.heads() != heads) {
            stopTimer();
        } else if (awaited && timer.isEmpty()) {
            timer = Optional.of(context.executor()
                    .schedule(
                            () -> gate.refuse(new Problem.HeadTooSlow(headTimeout)),
                            headTimeout.toMillis(),
                            TimeUnit.MILLISECONDS));
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        stopTimer();
        context.fireChannelInactive();
    }

    private void stopTimer() {
        timer.ifPresent(running -> running.cancel(false));
        timer = Optional.empty();
    }

    @Override
    public void flush(ChannelHandlerContext context) {
        context.flush();
        Waiting now = Waiting.on(context);
        if (!watchesWrites && !now.isNothing()) {
            watch(context, now);
        }
    }

    private void watch(ChannelHandlerContext context, Waiting before) {
        watchesWrites = true;
        context.executor()
                .schedule(
                        () -> {
                            watchesWrites = false;
                            Waiting now = Waiting.on(context);
                            if (now.isNothing()) {
                                return;
                            }
                            if (now.equals(before)) {
                                context.close();
                            } else {
                                watch(context, now);
                            }
                        },
                        writeTimeout.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    /** What still has to be sent; two that are equal mean that nothing was. */
    private record Waiting(int messages, long bytes, int first, long firstSent) {
        static Waiting on(ChannelHandlerContext context) {
            ChannelOutboundBuffer buffer = context.channel().unsafe().outboundBuffer();
            return buffer == null
                    ? new Waiting(0, 0, 0, 0)
                    : new Waiting(
                            buffer.size(),
                            buffer.totalPendingWriteBytes(),
                            System.identityHashCode(buffer.current()),
                            buffer.currentProgress());
        }

        boolean isNothing() {
            return messages == 0;
        }
    }
}
