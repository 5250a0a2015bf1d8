package imagefunctions.functions.chaining;

import imagefunctions.runtime.Call;
import imagefunctions.runtime.Reply;
import io.quarkus.funqy.Funq;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;

/** Sends the body through the functions of a workflow and returns the last one's result. */
@Singleton
public final class Chaining {
    /** The function's name. */
    public static final String NAME = "chaining";

    private final Workflows workflows;

    public Chaining(Workflows workflows) {
        this.workflows = workflows;
    }

    @Funq(NAME)
    @RunOnVirtualThread
    public Reply chaining(Call call) throws InterruptedException {
        return workflows.answer(call);
    }
}
