package imagefunctions.embeddeds3;

import java.util.Optional;
import java.util.function.UnaryOperator;

/** Decides which requests are turned away before the server looks at them. */
@FunctionalInterface
public interface Guard {
    /**
     * Says why a request is turned away, if it is.
     *
     * @param headers gives the header of a name, or null
     */
    Optional<String> refusal(String method, UnaryOperator<String> headers);
}
