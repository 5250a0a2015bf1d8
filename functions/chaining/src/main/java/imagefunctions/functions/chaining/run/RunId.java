package imagefunctions.functions.chaining.run;

import imagefunctions.runtime.Call;
import imagefunctions.runtime.CallId;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/** What a run is called: its caller's call id, or the step of another run that calls it. */
public final class RunId {
    private RunId() {}

    /** The same for every repetition of the same call, and another for every step that calls a workflow. */
    public static String of(Call request) {
        Optional<String> run = request.header(Runner.RUN);
        Optional<String> step = request.header(Runner.STEP);
        return run.flatMap(caller -> step.map(index -> caller + ":" + index))
                .map(id -> CallId.isUsable(id) ? id : shortened(id))
                .orElse(request.id());
    }

    private static String shortened(String id) {
        return UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
