package imagefunctions.localgateway;

import imagefunctions.runtime.Call;
import imagefunctions.runtime.Problem;
import imagefunctions.runtime.Reply;
import io.quarkus.funqy.Funq;
import io.smallrye.common.annotation.RunOnVirtualThread;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Functions that a test holds, or has fail. */
public final class HeldFunctions {
    static final Semaphore REACHED = new Semaphore(0);
    static final Semaphore RELEASED = new Semaphore(0);
    static final AtomicBoolean BROKEN = new AtomicBoolean();
    public static final AtomicBoolean STARVED = new AtomicBoolean();
    static final AtomicInteger NOTED = new AtomicInteger();

    /** Answers with what it got once the test releases it. */
    @Funq
    @RunOnVirtualThread
    public Reply held(Call call) throws InterruptedException {
        REACHED.release();
        RELEASED.tryAcquire(30, TimeUnit.SECONDS);
        return Reply.of("image/jpeg", call.body());
    }

    /** Answers with what it got, or refuses it. */
    @Funq
    public Reply mended(Call call) {
        if (BROKEN.get()) {
            throw new Problem.Unprocessable("It is broken.").asException();
        }
        return Reply.of("image/jpeg", call.body());
    }

    /** That of a worked example: held, and then broken or not. */
    @Funq
    @RunOnVirtualThread
    public Reply print(Call call) throws InterruptedException {
        held(call);
        return mended(call);
    }

    /** Answers with what it got, or finds no memory for it. */
    @Funq
    public Reply starved(Call call) {
        if (STARVED.get()) {
            throw new OutOfMemoryError("Java heap space");
        }
        return Reply.of("image/jpeg", call.body());
    }

    /** Answers with what it got, as of the type that a test names. */
    @Funq
    public Reply typed(Call call) {
        return Reply.of(call.query().getOrDefault("type", List.of("image/jpeg")).getFirst(), call.body());
    }

    @Funq
    public Reply noted(Call call) {
        NOTED.incrementAndGet();
        return Reply.empty(204);
    }
}
