package imagefunctions.workflowruns;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a step of a run ended, beside its body.
 *
 * @param key unique in its run: the step's index, or another for what is called at the end
 * @param index the numbers of the enclosing steps and its own: {@code 2.0}
 * @param step their names: {@code sizes[100]/thumbnail}
 * @param gateway the gateway that answered last; empty if none did
 * @param status its function's last status, 0 if there was none
 * @param contentType of the body
 * @param frames how many the picture had from which the body was made, at least 1
 * @param attempts every request, the failed ones too
 * @param failure what went wrong, if it failed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StepHead(
        String key,
        String index,
        String step,
        String function,
        String gateway,
        int status,
        String contentType,
        int frames,
        Instant started,
        Instant ended,
        List<Attempt> attempts,
        @Nullable Failure failure) {

    /**
     * One request to the function.
     *
     * @param reason why there was no answer, or none that can be used; empty if there was
     */
    public record Attempt(Instant started, String gateway, int status, String reason) {}

    public StepHead {
        frames = Math.max(1, frames);
        attempts = List.copyOf(attempts);
    }
}
