package imagefunctions.localgateway.async;

import imagefunctions.asynccalls.Call;
import imagefunctions.asynccalls.EntryWriter;
import imagefunctions.asynccalls.Header;
import imagefunctions.egress.GuardedClient;
import imagefunctions.runtime.CallId;
import imagefunctions.traces.TraceContext;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Asynchronous calls that this process makes itself. */
@Singleton
public final class AsyncSubmission {
    private final AsyncCalls calls;
    private final GuardedClient client;

    AsyncSubmission(AsyncCalls calls, GuardedClient client) {
        this.calls = calls;
        this.client = client;
    }

    /** Returns when the call is kept durably. */
    public void submit(String function, List<Header> headers, byte[] body) throws IOException {
        submit(function, "", headers, body);
    }

    /**
     * Returns when the call is kept durably.
     *
     * @param query as it would be sent, without the question mark
     * @return the id of the call
     */
    public String submit(String function, String query, List<Header> headers, byte[] body) throws IOException {
        Call call = new Call(CallId.make(), function, "", query, headers, Instant.now());
        submit(call, body);
        return call.id();
    }

    /** All attempts at it and its callback are of one trace. */
    private static Call traced(Call call) {
        if (TraceContext.of(name -> Header.first(call.headers(), name)).isPresent()) {
            return call;
        }
        List<Header> headers = new ArrayList<>(call.headers());
        TraceContext.make().headers().forEach((name, value) -> headers.add(new Header(name, value)));
        return new Call(call.id(), call.function(), call.path(), call.query(), headers, call.accepted());
    }

    /**
     * Returns when the call is kept durably.
     *
     * @throws IOException what {@link AsyncRefusal} knows, or another failure
     */
    public void submit(Call call, byte[] body) throws IOException {
        if (call.callbackUrl().isPresent()) {
            client.check(call.callbackUrl().get());
        }
        try (EntryWriter writer = calls.queue().accept(traced(call), OptionalLong.of(body.length))) {
            writer.write(body);
            writer.commit();
        }
    }
}
