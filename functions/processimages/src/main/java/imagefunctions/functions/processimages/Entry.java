package imagefunctions.functions.processimages;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** An outcome as the answer in detail lists it; what does not apply is left out. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Entry(
        String name,
        String outcome,
        @Nullable Long bytes,
        @Nullable String type,
        @Nullable String reason) {

    static Entry of(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Processed o -> new Entry(o.name(), "processed", o.bytes(), o.type(), null);
            case Outcome.Skipped o -> new Entry(o.name(), "skipped", null, null, null);
            case Outcome.Gone o -> new Entry(o.name(), "gone", null, null, null);
            case Outcome.Ignored o -> new Entry(o.name(), "ignored", null, null, o.reason());
            case Outcome.Failed o -> new Entry(o.name(), "failed", null, null, o.reason());
        };
    }
}
