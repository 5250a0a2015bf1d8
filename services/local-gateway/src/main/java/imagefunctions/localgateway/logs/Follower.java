package imagefunctions.localgateway.logs;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** A caller that gets lines as they come: those that it does not take wait in the log, as long as that has room for them. */
final class Follower {
    private final LogQuery query;
    private final CallLogs logs;
    private final Function<List<LogMessage>, Buffer> writer;
    private final Context loop;
    private final HttpServerResponse response;
    private final AtomicBoolean woken = new AtomicBoolean();
    private long seen;

    /** To be made on the event loop of the response. */
    Follower(
            LogQuery query,
            CallLogs logs,
            Function<List<LogMessage>, Buffer> writer,
            Context loop,
            HttpServerResponse response) {
        this.query = query;
        this.logs = logs;
        this.writer = writer;
        this.loop = loop;
        this.response = response;
    }

    boolean follows(String function) {
        return query.name().equals(function);
    }

    /** Begins with the past. */
    void start() {
        response.drainHandler(taken -> goOn());
        List<FunctionLog.Line> past = logs.after(query.name(), 0);
        response.write(writer.apply(query.past(past)));
        seen = past.isEmpty() ? 0 : past.getLast().number();
    }

    /** Sends what has come, from any thread. */
    void wake() {
        if (woken.compareAndSet(false, true)) {
            loop.runOnContext(now -> {
                woken.set(false);
                goOn();
            });
        }
    }

    private void goOn() {
        if (response.ended() || response.closed() || response.writeQueueFull()) {
            return;
        }
        List<FunctionLog.Line> next = logs.after(query.name(), seen);
        if (!next.isEmpty()) {
            seen = next.getLast().number();
            response.write(writer.apply(next.stream()
                    .map(FunctionLog.Line::message)
                    .filter(query::wants)
                    .toList()));
        }
    }

    /** Writes an empty line, which readers of NDJSON skip: it finds out whether the reader is there, and keeps proxies waiting. */
    void stillHere() {
        loop.runOnContext(now -> {
            if (!response.ended() && !response.closed() && !response.writeQueueFull()) {
                response.write("\n");
            }
        });
    }

    void end() {
        loop.runOnContext(now -> {
            if (!response.ended() && !response.closed()) {
                response.end();
            }
        });
    }
}
