package imagefunctions.runtime.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.LastHttpContent;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import java.util.List;
import java.util.regex.Pattern;

/** Vert.x' decoder, without what it forgives: another server on the way may read such a request differently (RFC 9112). */
final class RequestDecoder extends VertxHttpRequestDecoder {
    /** Vert.x' name for its own. */
    static final String NAME = "httpDecoder";

    private static final Pattern VERSION = Pattern.compile("HTTP/[0-9]\\.[0-9]");

    private boolean inHead = true;
    private boolean inFields;

    RequestDecoder(HttpServerOptions options) {
        super(options);
    }

    @Override
    protected HttpMessage createMessage(String[] requestLine) {
        if (!VERSION.matcher(requestLine[2]).matches()) {
            throw new IllegalArgumentException("the request line does not end in a version, as HTTP/1.1");
        }
        return super.createMessage(requestLine);
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf bytes, List<Object> out) throws Exception {
        if (inHead && hasFoldedLine(bytes)) {
            HttpMessage folded = createInvalidMessage();
            folded.setDecoderResult(
                    DecoderResult.failure(new IllegalArgumentException("a line of the head begins with a blank")));
            out.add(folded);
            bytes.skipBytes(bytes.readableBytes());
            return;
        }
        int before = out.size();
        super.decode(context, bytes, out);
        for (Object decoded : out.subList(before, out.size())) {
            inHead = decoded instanceof LastHttpContent;
            inFields &= !inHead;
        }
    }

    /** Of the lines that are here, up to the end of the head; Netty takes only whole ones away. */
    private boolean hasFoldedLine(ByteBuf bytes) {
        for (int line = bytes.readerIndex(); line < bytes.writerIndex(); ) {
            if (bytes.getByte(line) == ' ' || bytes.getByte(line) == '\t') {
                return true;
            }
            int end = bytes.indexOf(line, bytes.writerIndex(), (byte) '\n');
            if (end < 0) {
                return false;
            }
            boolean isEmpty = end == line || (end == line + 1 && bytes.getByte(line) == '\r');
            if (isEmpty && inFields) {
                return false;
            }
            inFields |= !isEmpty;
            line = end + 1;
        }
        return false;
    }
}
