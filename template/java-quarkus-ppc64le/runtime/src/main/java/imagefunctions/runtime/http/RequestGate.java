package imagefunctions.runtime.http;

import static java.util.concurrent.TimeUnit.SECONDS;

import imagefunctions.runtime.CallId;
import imagefunctions.runtime.Problem;
import imagefunctions.runtime.ProblemJson;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Answers what is no HTTP that this process speaks before Vert.x does, and closes a connection in order when it is time. */
final class RequestGate extends ChannelDuplexHandler {
    /** For the sender to read the answer: what it still sends is dropped, since unread bytes would destroy that. */
    private static final int LINGER_SECONDS = 2;

    private final BooleanSupplier closing;
    private final BrowserHeaders browsers;
    private @Nullable ChannelHandlerContext context;
    private Optional<Refusal> refusal = Optional.empty();
    private long heads;
    private int unanswered;
    private boolean inBody;
    private boolean last;

    private record Refusal(
            Problem problem,
            String callId,
            boolean hasBody,
            @Nullable String origin) {}

    /** @param closing whether every answer is to be the last one on its connection */
    RequestGate(BooleanSupplier closing, BrowserHeaders browsers) {
        this.closing = closing;
        this.browsers = browsers;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    /** How many heads were whole, or known to be wrong. */
    long heads() {
        return heads;
    }

    boolean awaitsHead() {
        return !inBody && refusal.isEmpty();
    }

    @Override
    public void channelRead(ChannelHandlerContext from, Object message) {
        if (refusal.isPresent()) {
            ReferenceCountUtil.release(message);
            return;
        }
        if (message instanceof HttpRequest request) {
            heads++;
            Optional<Problem> fault = RequestHead.check(request);
            if (fault.isPresent()) {
                HttpHeaders headers = request.headers();
                String id = CallId.of(Optional.ofNullable(headers.get(CallId.HEADER)));
                boolean hasBody = !request.method().equals(HttpMethod.HEAD);
                refuse(new Refusal(fault.get(), id, hasBody, headers.get(HttpHeaderNames.ORIGIN)));
                ReferenceCountUtil.release(message);
                return;
            }
            unanswered++;
            inBody = true;
        }
        if (message instanceof LastHttpContent) {
            inBody = false;
        }
        from.fireChannelRead(message);
    }

    /** Answers a request whose head is not there; those before it are answered first, what follows is dropped. */
    void refuse(Problem problem) {
        refuse(new Refusal(problem, CallId.make(), true, null));
    }

    private void refuse(Refusal reason) {
        refusal = Optional.of(reason);
        if (unanswered == 0) {
            answer(reason);
        }
    }

    @Override
    public void write(ChannelHandlerContext to, Object message, ChannelPromise promise) {
        boolean interim = message instanceof HttpResponse response
                && response.status().codeClass().equals(HttpStatusClass.INFORMATIONAL);
        if (message instanceof HttpResponse response && !interim && closing.getAsBoolean()) {
            last = true;
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        ChannelFuture written = to.write(message, promise.unvoid());
        if (message instanceof LastHttpContent && !interim) {
            unanswered--;
            if (last) {
                written.addListener(ChannelFutureListener.CLOSE);
            } else if (unanswered == 0) {
                refusal.ifPresent(this::answer);
            }
        }
    }

    private void answer(Refusal reason) {
        ChannelHandlerContext to = Objects.requireNonNull(context);
        byte[] body = ProblemJson.write(reason.problem(), reason.callId());
        var response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(reason.problem().status()),
                Unpooled.wrappedBuffer(reason.hasBody() ? body : new byte[0]));
        response.headers()
                .set(CallId.HEADER, reason.callId())
                .set(HttpHeaderNames.CONTENT_TYPE, ProblemJson.MEDIA_TYPE)
                .set(HttpHeaderNames.CONTENT_LENGTH, body.length)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        browsers.all(reason.origin(), response.headers()::set);
        to.writeAndFlush(response).addListener(sent -> {
            ((DuplexChannel) to.channel()).shutdownOutput();
            to.executor().schedule(() -> to.close(), LINGER_SECONDS, SECONDS);
        });
    }

    /** Closes a connection on which nothing is asked. */
    static void closeIfIdle(Channel connection) {
        RequestGate gate = connection.pipeline().get(RequestGate.class);
        if (gate != null) {
            connection.eventLoop().execute(() -> {
                if (gate.unanswered == 0 && !gate.inBody) {
                    connection.close();
                }
            });
        }
    }
}
