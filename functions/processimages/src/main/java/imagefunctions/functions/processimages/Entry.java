package imagefunctions.functions.processimages;

import com.fasterxml.jackson.annotation.JsonInclude;
import imagefunctions.functions.processimages.rules.Rule;
import org.jspecify.annotations.Nullable;

/** An outcome as the detailed response lists it, without the members that do not apply. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Entry(
        String name,
        @Nullable String rule,
        String outcome,
        @Nullable Long bytes,
        @Nullable String type,
        @Nullable String gateway,
        @Nullable String reason) {

    static Entry of(Done done) {
        String rule = done.rule().filter(it -> !it.isBuiltIn()).map(Rule::name).orElse(null);
        return of(rule, done.outcome());
    }

    private static Entry of(@Nullable String rule, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Processed o -> new Entry(o.name(), rule, "processed", o.bytes(), o.type(), o.gateway(), null);
            case Outcome.Skipped o -> new Entry(o.name(), rule, "skipped", null, null, null, null);
            case Outcome.Gone o -> new Entry(o.name(), rule, "gone", null, null, null, null);
            case Outcome.Ignored o -> new Entry(o.name(), rule, "ignored", null, null, null, o.reason());
            case Outcome.TimedOut o ->
                new Entry(
                        o.name(),
                        rule,
                        "failed",
                        null,
                        null,
                        null,
                        "The call timed out before this picture: call again.");
            case Outcome.Failed o -> new Entry(o.name(), rule, "failed", null, null, null, o.reason());
        };
    }
}
