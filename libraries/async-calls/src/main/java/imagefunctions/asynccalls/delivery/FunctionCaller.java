package imagefunctions.asynccalls.delivery;

import imagefunctions.asynccalls.Body;
import imagefunctions.asynccalls.Call;
import java.io.IOException;

/** Calls functions, as a synchronous call would. */
@FunctionalInterface
public interface FunctionCaller {
    /**
     * Waits for the function's answer, an error too.
     *
     * @throws IOException if there was no answer; the call counts as answered with 500
     */
    FunctionAnswer call(Call call, Body body) throws IOException, InterruptedException;
}
