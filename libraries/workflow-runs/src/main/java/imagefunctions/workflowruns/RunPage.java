package imagefunctions.workflowruns;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;

/**
 * A page of runs.
 *
 * @param next what to give as {@code after} for the following page; empty at the end
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RunPage(
        @JsonInclude(JsonInclude.Include.ALWAYS) List<RunStatus> runs, String next) {
    public RunPage {
        runs = List.copyOf(runs);
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
