package imagefunctions.functions.processimages.rules;

import java.util.Optional;

/**
 * What happens to pictures of a bucket, or on an event.
 *
 * @param route which pictures it takes and where the results go; a rule without one is fired by hand or by its schedule
 */
public record Rule(String name, Target target, Optional<Route> route, Optional<Schedule> schedule) {
    /** What the rule is called that holds where there is no file of rules. */
    public static final String BUILT_IN = "default";

    /** A rule for pictures. */
    public static Rule of(String name, Target target, Route route) {
        return new Rule(name, target, Optional.of(route), Optional.empty());
    }

    /** The same with another target. */
    public Rule with(Target other) {
        return new Rule(name, other, route, schedule);
    }

    /** What the keys of its failure records begin with. */
    public String scope() {
        return isBuiltIn() ? "" : name + "/";
    }

    public boolean isBuiltIn() {
        return name.equals(BUILT_IN);
    }
}
