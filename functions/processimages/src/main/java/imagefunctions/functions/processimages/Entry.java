package imagefunctions.functions.processimages;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** An outcome as the detailed response lists it, without the members that do not apply. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Entry(
        String name,
        String outcome,
        @Nullable Long bytes,
        @Nullable String type,
        @Nullable String gateway,
        @Nullable String reason) {

    static Entry of(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Processed o -> new Entry(o.name(), "processed", o.bytes(), o.type(), o.gateway(), null);
            case Outcome.Skipped o -> new Entry(o.name(), "skipped", null, null, null, null);
            case Outcome.Gone o -> new Entry(o.name(), "gone", null, null, null, null);
            case Outcome.Ignored o -> new Entry(o.name(), "ignored", null, null, null, o.reason());
            case Outcome.TimedOut o ->
                new Entry(o.name(), "failed", null, null, null, "The call timed out before this picture: call again.");
            case Outcome.Failed o -> new Entry(o.name(), "failed", null, null, null, o.reason());
        };
    }
}
