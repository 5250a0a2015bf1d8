package imagefunctions.runtime.funqy;

import imagefunctions.runtime.Call;
import imagefunctions.runtime.Reply;
import io.quarkus.arc.Arc;
import io.quarkus.arc.ManagedContext;
import io.quarkus.arc.runtime.ArcRecorder;
import io.quarkus.funqy.runtime.FunctionConstructor;
import io.quarkus.funqy.runtime.FunctionInvoker;
import io.quarkus.funqy.runtime.FunctionRecorder;
import io.quarkus.funqy.runtime.FunqyServerRequest;
import io.quarkus.funqy.runtime.FunqyServerResponse;
import io.quarkus.funqy.runtime.RequestContext;
import io.quarkus.funqy.runtime.RequestContextImpl;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Uni;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One {@code @Funq} method, bound to raw bodies: {@link Call}, {@code byte[]}, {@code String} and {@code InputStream}
 * get the body as it is, any other type is read from JSON; {@link Reply}, {@code byte[]}, {@code String} and
 * {@code InputStream} are answered as they are, any other type as JSON, and nothing as 204.
 */
final class FunqyFunction {
    private static final Set<Type> RAW =
            Set.of(Call.class, Reply.class, byte[].class, String.class, InputStream.class, void.class);

    private final FunctionInvoker invoker;

    /** Of a function that speaks it. Making it takes a while, for which the first caller would wait. */
    private final @Nullable Json json;

    private FunqyFunction(FunctionInvoker invoker) {
        this.invoker = invoker;
        this.json = speaksJson(invoker) ? new Json() : null;
    }

    private static boolean speaksJson(FunctionInvoker invoker) {
        return (invoker.hasInput() && !RAW.contains(invoker.getInputType()))
                || (invoker.hasOutput() && !RAW.contains(invoker.getOutputType()));
    }

    /** Every {@code @Funq} method of the application, by name. */
    static SortedMap<String, FunqyFunction> all() {
        SortedMap<String, FunqyFunction> byName = new TreeMap<>();
        if (FunctionRecorder.registry != null) {
            giveInjection();
            for (FunctionInvoker invoker : FunctionRecorder.registry.invokers()) {
                byName.put(invoker.getName(), new FunqyFunction(invoker));
            }
        }
        return byName;
    }

    /** Every Funqy binding has to set this, or functions are made without what they inject. */
    private static void giveInjection() {
        try {
            FunctionConstructor.CONTAINER = new ArcRecorder().initBeanContainer(Arc.container(), List.of());
        } catch (Exception e) {
            throw new IllegalStateException("Funqy cannot reach the application's beans", e);
        }
    }

    /** Whether the function waits for others rather than computes. */
    boolean onVirtualThread() {
        return invoker.getMethod().isAnnotationPresent(RunOnVirtualThread.class)
                || invoker.getTargetClass().isAnnotationPresent(RunOnVirtualThread.class);
    }

    /** Runs the function on this thread, in a request scope of its own. */
    Reply invoke(Call call) throws IOException {
        ManagedContext scope = Arc.container().requestContext();
        scope.activate();
        try {
            Exchange exchange = new Exchange(call);
            invoker.invoke(exchange, exchange);
            return encode(exchange.output.await().indefinitely());
        } finally {
            scope.terminate();
        }
    }

    private Reply encode(@Nullable Object output) throws IOException {
        // No switch over patterns for a function that gives a reply: decision 12.
        if (output instanceof Reply reply) {
            return reply;
        }
        return switch (output) {
            case null -> Reply.empty(204);
            case byte[] bytes -> Reply.of("application/octet-stream", bytes);
            case String text -> Reply.text(text);
            case InputStream in -> {
                try (in) {
                    yield Reply.of("application/octet-stream", in.readAllBytes());
                }
            }
            default -> Reply.of("application/json", Objects.requireNonNull(json).write(output));
        };
    }

    private Object decode(Call call, Class<?> type) {
        if (type == Call.class) {
            return call;
        }
        if (type == byte[].class) {
            return call.body();
        }
        if (type == String.class) {
            return new String(call.body(), StandardCharsets.UTF_8);
        }
        if (type == InputStream.class) {
            return new ByteArrayInputStream(call.body());
        }
        return Objects.requireNonNull(json).read(call.body(), invoker.getInputType(), call.function());
    }

    private final class Exchange implements FunqyServerRequest, FunqyServerResponse {
        private final RequestContext context = new RequestContextImpl();
        private final Call call;
        private Uni<?> output = Uni.createFrom().nullItem();

        Exchange(Call call) {
            this.call = call;
            context.setContextData(Call.class, call);
        }

        @Override
        public RequestContext context() {
            return context;
        }

        @Override
        @SuppressWarnings("rawtypes")
        public Object extractInput(Class type) {
            return decode(call, type);
        }

        @Override
        public Uni<?> getOutput() {
            return output;
        }

        @Override
        public void setOutput(Uni<?> value) {
            output = value;
        }
    }
}
