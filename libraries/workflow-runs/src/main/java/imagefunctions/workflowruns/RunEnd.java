package imagefunctions.workflowruns;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended, beside the body of its answer.
 *
 * @param contentType of the body; empty if there is none
 * @param leftOut the paths of the steps that failed and were left out
 * @param failure what ended it, if it failed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunEnd(
        RunState state,
        Instant ended,
        String contentType,
        List<String> leftOut,
        @Nullable Failure failure) {
    public RunEnd {
        leftOut = List.copyOf(leftOut);
    }
}
