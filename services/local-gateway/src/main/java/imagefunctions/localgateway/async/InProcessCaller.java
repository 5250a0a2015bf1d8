package imagefunctions.localgateway.async;

import imagefunctions.asynccalls.Body;
import imagefunctions.asynccalls.Call;
import imagefunctions.asynccalls.Header;
import imagefunctions.asynccalls.delivery.FunctionAnswer;
import imagefunctions.runtime.CallId;
import imagefunctions.runtime.Reply;
import imagefunctions.runtime.funqy.Functions;
import imagefunctions.runtime.http.HeldBytes;
import imagefunctions.runtime.http.Problems;
import imagefunctions.runtime.http.RequestHeaders;
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

/** Calls the functions of this process, in the same way as a synchronous call. */
@Singleton
final class InProcessCaller {
    private final Functions functions;
    private final HeldBytes held;
    private final Problems problems;

    InProcessCaller(Functions functions, HeldBytes held, Problems problems) {
        this.functions = functions;
        this.held = held;
        this.problems = problems;
    }

    /** Holds the whole body, as far as the bodies of all calls leave memory for it. */
    FunctionAnswer call(Call call, Body body) throws IOException, InterruptedException {
        if (!held.take(body.length())) {
            return answer(problems.answer(held.noRoom(), call.id()));
        }
        try {
            return answer(call, body);
        } finally {
            held.giveBack(body.length());
        }
    }

    private FunctionAnswer answer(Call call, Body body) throws IOException, InterruptedException {
        byte[] bytes = new byte[Math.toIntExact(body.length())];
        try (InputStream in = body.open()) {
            in.readNBytes(bytes, 0, bytes.length);
        }
        CompletableFuture<Reply> answer = functions.call(new imagefunctions.runtime.Call(
                call.function(),
                call.id(),
                "POST",
                call.path(),
                headers(call),
                new QueryStringDecoder("?" + call.query()).parameters(),
                bytes));
        try {
            return answer(answer.get());
        } catch (ExecutionException e) {
            throw new IOException("the call ended without an answer", e);
        } finally {
            answer.cancel(false);
        }
    }

    /** A reply of this process as an answer. */
    static FunctionAnswer answer(Reply reply) {
        List<Header> headers = reply.headers().entrySet().stream()
                .map(header -> new Header(header.getKey(), header.getValue()))
                .toList();
        return FunctionAnswer.of(reply.status(), headers, reply.body());
    }

    /** The caller's own, and what it may not have given; a call of this process was not forwarded, but has a start. */
    private static HttpHeaders headers(Call call) {
        Map<String, List<String>> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        call.headers().forEach(header -> all.computeIfAbsent(header.name(), name -> new ArrayList<>())
                .add(header.value()));
        all.put(CallId.HEADER, List.of(call.id()));
        all.putIfAbsent(RequestHeaders.START_TIME, List.of(RequestHeaders.startTime(call.accepted())));
        return HttpHeaders.of(all, (name, value) -> true);
    }
}
