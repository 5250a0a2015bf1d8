package imagefunctions.localgateway.async;

import imagefunctions.asynccalls.Body;
import imagefunctions.asynccalls.BodyGoneException;
import imagefunctions.asynccalls.Call;
import imagefunctions.asynccalls.Header;
import imagefunctions.asynccalls.delivery.FunctionAnswer;
import imagefunctions.gatewayclient.CallOutcome;
import imagefunctions.gatewayclient.Credentials;
import imagefunctions.gatewayclient.FunctionRequest;
import imagefunctions.gatewayclient.GatewayClient;
import imagefunctions.gatewayclient.GatewayPool;
import imagefunctions.gateways.GatewaySettings;
import imagefunctions.localgateway.backends.Destination;
import imagefunctions.localgateway.backends.ForwardedCalls;
import imagefunctions.localgateway.backends.ForwardedHeaders;
import imagefunctions.reasons.Reason;
import imagefunctions.retry.TransientStatus;
import imagefunctions.runtime.Problem;
import imagefunctions.runtime.ProblemException;
import imagefunctions.runtime.Reply;
import imagefunctions.runtime.funqy.CallLimits;
import imagefunctions.runtime.http.HttpLimits;
import imagefunctions.runtime.http.Problems;
import imagefunctions.runtime.http.RequestHeaders;
import imagefunctions.traces.Traces;
import io.vertx.core.MultiMap;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Calls functions that run elsewhere: the body goes there from where it is kept, and the answer is read as it comes. */
@Singleton
final class RemoteCaller {
    /** What a refusal may have to say: another attempt follows, and its connection must not wait for that. */
    private static final int REFUSAL_BYTES = 1 << 20;

    private static final int NOT_MODIFIED = 304;

    private final GatewayClient client;
    private final Optional<Credentials> credentials;
    private final ForwardedCalls calls;
    private final Problems problems;
    private final Duration execTimeout;
    private final HttpLimits limits;

    RemoteCaller(
            GatewayPool pool,
            GatewaySettings gateways,
            ForwardedCalls calls,
            Problems problems,
            CallLimits callLimits,
            HttpLimits limits,
            Traces traces) {
        this.client = new GatewayClient(pool, Optional.empty(), traces);
        this.credentials = gateways.credentials();
        this.calls = calls;
        this.problems = problems;
        this.execTimeout = callLimits.execTimeout();
        this.limits = limits;
    }

    FunctionAnswer call(Call call, Body body, Destination to) throws IOException, InterruptedException {
        SentBody sent = new SentBody(body);
        try {
            FunctionAnswer answer = sent.closedWith(answer(call, sent, to));
            if (sent.isGone()) {
                answer.close();
                throw new BodyGoneException();
            }
            return answer;
        } catch (ProblemException e) {
            sent.close();
            return problem(call, e.problem());
        } catch (RuntimeException | InterruptedException e) {
            sent.close();
            throw e;
        }
    }

    private FunctionAnswer answer(Call call, SentBody body, Destination to) throws InterruptedException {
        long start = System.nanoTime();
        FunctionRequest request =
                new FunctionRequest(to.pathOf(call.path()), call.query(), "POST", headers(call, to), body.publisher());
        FunctionAnswer answer = answer(
                call,
                client.call(
                        to.addresses(),
                        request,
                        RemoteCaller::reading,
                        limits.readTimeout().plus(execTimeout)));
        calls.answered(
                "POST",
                call.function(),
                to,
                call.id(),
                body.length(),
                answer.status(),
                answer.length().orElse(0),
                Duration.ofNanos(System.nanoTime() - start));
        return answer;
    }

    private Map<String, String> headers(Call call, Destination to) {
        MultiMap sent = MultiMap.caseInsensitiveMultiMap();
        call.headers().forEach(header -> sent.add(header.name(), header.value()));
        if (!sent.contains(RequestHeaders.START_TIME)) {
            sent.set(RequestHeaders.START_TIME, RequestHeaders.startTime(call.accepted()));
        }
        MultiMap forwarded = ForwardedHeaders.of(sent, call.id(), to, credentials);
        Map<String, String> joined = new LinkedHashMap<>();
        forwarded.names().forEach(name -> joined.put(name, String.join(separator(name), forwarded.getAll(name))));
        return joined;
    }

    /** Of the values of a header that came several times (RFC 9110, 5.3, and RFC 9113, 8.2.3). */
    private static String separator(String name) {
        return name.equalsIgnoreCase("Cookie") ? "; " : ", ";
    }

    private static BodySubscriber<InputStream> reading(ResponseInfo info) {
        return CallOutcome.isRefusal(info.statusCode(), info.headers().firstValue(TransientStatus.WORKFLOW_STEP))
                ? BodySubscribers.mapping(
                        BodySubscribers.limiting(BodySubscribers.ofByteArray(), REFUSAL_BYTES),
                        ByteArrayInputStream::new)
                : BodySubscribers.ofInputStream();
    }

    private FunctionAnswer answer(Call call, CallOutcome<InputStream> outcome) {
        return switch (outcome) {
            case CallOutcome.Answered<InputStream> answered -> answer(answered.gateway(), answered.response());
            case CallOutcome.Broken<InputStream> broken ->
                problem(
                        call,
                        new Problem.BadGateway(broken.gateway() + " gave no whole answer ("
                                + Reason.of(broken.failure()) + "): the call is tried again."));
            case CallOutcome.TimedOut<InputStream> t ->
                problem(call, new Problem.TimedOut(call.function(), execTimeout));
        };
    }

    private FunctionAnswer answer(String node, HttpResponse<InputStream> response) {
        MultiMap sent = MultiMap.caseInsensitiveMultiMap();
        response.headers().map().forEach(sent::add);
        List<Header> headers = new ArrayList<>();
        ForwardedHeaders.endToEnd(sent).forEach(header -> headers.add(new Header(header.getKey(), header.getValue())));
        headers.add(new Header(GatewayClient.NODE, node));
        return new FunctionAnswer(
                response.statusCode(),
                headers,
                new TimedBody(response.body(), limits.writeTimeout()),
                length(response));
    }

    /** A 304 may announce the body that it stands for, which does not come (RFC 9110, 8.6). */
    private static OptionalLong length(HttpResponse<?> response) {
        return response.statusCode() == NOT_MODIFIED
                ? OptionalLong.empty()
                : response.headers().firstValueAsLong("Content-Length");
    }

    private FunctionAnswer problem(Call call, Problem problem) {
        Reply reply = problems.answer(problem, call.id());
        return InProcessCaller.answer(reply);
    }

    @PreDestroy
    void close() {
        client.close();
    }
}
