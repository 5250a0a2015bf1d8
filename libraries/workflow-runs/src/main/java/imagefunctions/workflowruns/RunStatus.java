package imagefunctions.workflowruns;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run as its users see it.
 *
 * @param ended when it ended, if it has
 * @param leftOut the paths of the steps that failed and were left out, once it has ended
 * @param failure what ended it, if it failed
 * @param leaseUntil until when its runner has it, if it is running
 * @param steps its steps that have ended, in the order of their start; empty in a list of runs
 * @param tried its steps that are tried again; empty in a list of runs
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RunStatus(
        @JsonProperty("run") String id,
        String workflow,
        RunState state,
        Instant started,
        @Nullable Instant ended,
        List<String> leftOut,
        @Nullable Failure failure,
        @Nullable Instant leaseUntil,
        List<Step> steps,
        List<Tried> tried) {

    /** A step with the length and the checksum of its body. */
    public record Step(@JsonUnwrapped StepHead head, int bytes, String checksum) {}

    public RunStatus {
        leftOut = List.copyOf(leftOut);
        steps = List.copyOf(steps);
        tried = List.copyOf(tried);
    }

    /** As JSON. */
    public byte[] json() {
        try {
            return Kept.JSON.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records of texts, times and numbers are always JSON", e);
        }
    }
}
