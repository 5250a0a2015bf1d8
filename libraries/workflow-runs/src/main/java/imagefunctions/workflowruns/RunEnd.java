package imagefunctions.workflowruns;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended, beside the body of its answer.
 *
 * @param contentType of the body; empty if there is none
 * @param frames how many the picture had from which the body was made, at least 1
 * @param leftOut the paths of the steps that failed and were left out
 * @param failure what ended it, if it failed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunEnd(
        RunState state,
        Instant ended,
        String contentType,
        int frames,
        List<String> leftOut,
        @Nullable Failure failure) {
    public RunEnd {
        frames = Math.max(1, frames);
        leftOut = List.copyOf(leftOut);
    }
}
