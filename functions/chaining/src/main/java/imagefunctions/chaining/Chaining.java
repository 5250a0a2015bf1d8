package imagefunctions.chaining;

import imagefunctions.runtime.Call;
import imagefunctions.runtime.Reply;
import io.quarkus.funqy.Funq;
import io.smallrye.common.annotation.RunOnVirtualThread;

/** Sends the body through the functions of a workflow and answers with the last one's result. */
public final class Chaining {
    private final Workflows workflows;

    Chaining(Workflows workflows) {
        this.workflows = workflows;
    }

    @Funq
    @RunOnVirtualThread
    public Reply chaining(Call call) throws InterruptedException {
        return workflows.answer(call);
    }
}
