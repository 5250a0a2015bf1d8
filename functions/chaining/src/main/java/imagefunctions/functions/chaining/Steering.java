package imagefunctions.functions.chaining;

import imagefunctions.runtime.Call;
import imagefunctions.runtime.CallId;
import imagefunctions.runtime.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a call asks of a run that is there already: {@code ?pause-flow=ID}. */
record Steering(Command command, String run) {
    enum Command {
        STATE,
        PAUSE,
        RESUME,
        STOP,
        RETRY;

        String parameter() {
            return name().toLowerCase(Locale.ROOT) + "-flow";
        }
    }

    static Optional<Steering> of(Call call) {
        List<Command> asked = Arrays.stream(Command.values())
                .filter(command -> call.query().containsKey(command.parameter()))
                .toList();
        if (asked.isEmpty()) {
            return Optional.empty();
        }
        if (asked.size() > 1) {
            throw new Problem.BadRequest("Ask one thing of a run at a time, not both "
                            + asked.get(0).parameter() + " and " + asked.get(1).parameter() + ".")
                    .asException();
        }
        Command command = asked.getFirst();
        String run = Parameters.one(call, command.parameter()).orElseThrow();
        if (!CallId.isUsable(run)) {
            throw new Problem.BadRequest(command.parameter() + " needs the id of a run, as X-Workflow-Run says it.")
                    .asException();
        }
        if (command != Command.STATE && !call.method().equals("POST")) {
            throw new Problem.MethodNotAllowed(
                            call.method(), "POST", "POST ?" + command.parameter() + "=" + run + " steers the run")
                    .asException();
        }
        return Optional.of(new Steering(command, run));
    }
}
