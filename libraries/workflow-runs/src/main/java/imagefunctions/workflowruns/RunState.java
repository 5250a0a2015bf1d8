package imagefunctions.workflowruns;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How far a run has come. */
public enum RunState {
    /** Somebody holds its lease. */
    RUNNING,
    /** Nobody runs it: whoever repeats its call goes on with it. */
    WAITING,
    PAUSED,
    SUCCEEDED,
    FAILED,
    STOPPED;

    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it has its end, and is not gone on with. */
    public boolean hasEnded() {
        return this == SUCCEEDED || this == FAILED || this == STOPPED;
    }
}
