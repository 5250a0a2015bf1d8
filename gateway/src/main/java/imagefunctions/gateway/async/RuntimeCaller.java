package imagefunctions.gateway.async;

import imagefunctions.runtime.Functions;
import imagefunctions.runtime.Reply;
import imagefunctions.spool.Body;
import imagefunctions.spool.Call;
import imagefunctions.spool.FunctionAnswer;
import imagefunctions.spool.FunctionCaller;
import imagefunctions.spool.Header;
import io.netty.handler.codec.http.QueryStringDecoder;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Calls the functions of this process, by the same way as a synchronous call. */
@Singleton
final class RuntimeCaller implements FunctionCaller {
    private final Functions functions;

    RuntimeCaller(Functions functions) {
        this.functions = functions;
    }

    @Override
    public FunctionAnswer call(Call call, Body body) throws IOException, InterruptedException {
        byte[] bytes;
        try (InputStream in = body.open()) {
            bytes = in.readAllBytes();
        }
        CompletableFuture<Reply> answer = functions.call(new imagefunctions.runtime.Call(
                call.function(),
                call.id(),
                "POST",
                call.path(),
                headers(call.headers()),
                new QueryStringDecoder("?" + call.query()).parameters(),
                bytes));
        try {
            Reply reply = answer.get();
            List<Header> headers = reply.headers().entrySet().stream()
                    .map(header -> new Header(header.getKey(), header.getValue()))
                    .toList();
            return FunctionAnswer.of(reply.status(), headers, reply.body());
        } catch (ExecutionException e) {
            throw new IOException("the call ended without an answer", e);
        } finally {
            answer.cancel(false);
        }
    }

    private static HttpHeaders headers(List<Header> headers) {
        Map<String, List<String>> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach(header ->
                all.computeIfAbsent(header.name(), name -> new ArrayList<>()).add(header.value()));
        return HttpHeaders.of(all, (name, value) -> true);
    }
}
