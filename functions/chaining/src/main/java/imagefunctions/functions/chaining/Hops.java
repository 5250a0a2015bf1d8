package imagefunctions.functions.chaining;

import imagefunctions.functions.chaining.run.Runner;
import imagefunctions.functions.chaining.workflow.Bounds;
import imagefunctions.runtime.Call;
import imagefunctions.runtime.Problem;

/** How many workflows led to a call, by the header that each of them increments. */
final class Hops {
    private Hops() {}

    static int of(Call call) {
        String hops = call.header(Runner.HOPS).orElse("0");
        if (!hops.matches("\\d{1,4}")) {
            throw new Problem.BadRequest("The header " + Runner.HOPS + " is \"" + hops + "\": leave it out.")
                    .asException();
        }
        if (Integer.parseInt(hops) >= Bounds.HOPS) {
            throw new Problem.BadRequest("Workflows have called each other " + hops + " times, and at most "
                            + Bounds.HOPS + " are allowed: look for one that calls itself.")
                    .asException();
        }
        return Integer.parseInt(hops);
    }
}
