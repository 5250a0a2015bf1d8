package imagefunctions.runtime.funqy;

import imagefunctions.runtime.Call;
import imagefunctions.runtime.Problem;
import imagefunctions.runtime.Reply;
import io.quarkus.funqy.Context;
import io.quarkus.funqy.Funq;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** Functions of every shape that the runtime binds. */
public final class SampleFunctions {
    /** What {@code hold} waits for. */
    static final Semaphore GATE = new Semaphore(0);

    /** Bytes of what {@code large} answers, more than any socket's buffers hold. */
    static final int LARGE = 64 << 20;

    record Order(String item, int count) {}

    record Receipt(String text, double total) {}

    record Visit(LocalDate day, Instant from, Duration stay, Optional<String> by) {}

    @Funq
    public Reply echo(Call call) {
        return Reply.of(call.header("Content-Type").orElse("none"), call.body())
                .with("X-Method", call.method())
                .with("X-Path", call.path())
                .with("X-Query", call.query().toString())
                .with("X-Seen-Call-Id", call.id());
    }

    @Funq
    public byte[] reverse(byte[] body) {
        byte[] out = new byte[body.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = body[out.length - 1 - i];
        }
        return out;
    }

    @Funq
    public String shout(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    @Funq
    public Receipt buy(Order order) {
        return new Receipt(order.count() + " x " + order.item(), order.count() * 1.5);
    }

    @Funq
    public JsonArray list(JsonObject object) {
        return new JsonArray().add(object);
    }

    @Funq
    public Visit visit(Visit visit) {
        return visit;
    }

    @Funq
    public Uni<InputStream> stream(InputStream in, @Context Call call) {
        return Uni.createFrom().item(in);
    }

    @Funq
    public void swallow(byte[] body) {}

    @Funq
    public byte[] hold(byte[] body) throws InterruptedException {
        GATE.acquire();
        return body;
    }

    @Funq
    @RunOnVirtualThread
    public String where(byte[] body) {
        return Thread.currentThread().isVirtual() ? "virtual" : "pool";
    }

    @Funq
    public byte[] fail(String how) throws IOException {
        switch (how) {
            case "problem" -> throw new Problem.Unprocessable("It is damaged: send another.").asException();
            case "checked" -> throw new IOException("disk");
            case "memory" -> throw new OutOfMemoryError("heap");
            case "error" -> throw new StackOverflowError();
            default -> throw new IllegalStateException("secret");
        }
    }

    @Funq
    public byte[] large(byte[] body) {
        return new byte[LARGE];
    }

    @Funq
    public String parameters(Call call) {
        return call.parameters().toString();
    }
}
