package imagefunctions.functions.processimages;

import imagefunctions.buckets.Detail;
import imagefunctions.functions.processimages.rules.Route;
import imagefunctions.functions.processimages.rules.Rule;
import imagefunctions.functions.processimages.rules.Rules;
import imagefunctions.functions.processimages.rules.Target;
import imagefunctions.runtime.Call;
import imagefunctions.runtime.Problem;
import imagefunctions.storage.Buckets;
import imagefunctions.storage.ObjectInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a call wants done with pictures: one rule of it.
 *
 * @param explicit whether the caller named what converts, or how, so that results of anything else do not count
 */
record Order(Rule rule, Route route, boolean explicit) {
    static final String RULE = "rule";

    private static final String FUNCTION = "function";
    private static final Set<String> OWN = Set.of(FUNCTION, RULE, Detail.PARAMETER);

    /** By the rule, function or workflow that the call's query names, else by all rules; other parameters go to the function. */
    static List<Order> of(Call call, Rules rules, Buckets buckets) {
        Map<String, String> others = new LinkedHashMap<>(call.parameters());
        String function = others.get(FUNCTION);
        String name = others.get(RULE);
        others.keySet().removeAll(OWN);
        if (name != null) {
            if (function != null) {
                throw new Problem.BadRequest("A rule has its own function: give either rule or function.")
                        .asException();
            }
            return List.of(order(named(name, rules), others, true));
        }
        if (function != null || others.containsKey(Target.WORKFLOW)) {
            Target target =
                    converter(function == null ? Target.CHAINING : function).with(others);
            return List.of(order(Rule.of(Rule.BUILT_IN, target, Rules.route(buckets)), Map.of(), true));
        }
        return rules.fed().stream()
                .map(rule -> order(rule, others, !others.isEmpty()))
                .toList();
    }

    private static Order order(Rule rule, Map<String, String> others, boolean explicit) {
        return new Order(
                rule.with(rule.target().with(others)),
                rule.route().orElseThrow(() -> new Problem.BadRequest("The rule \"" + rule.name()
                                + "\" takes no pictures: POST" + " to /system/rules/" + rule.name() + " fires it.")
                        .asException()),
                explicit);
    }

    private static Rule named(String name, Rules rules) {
        return rules.named(name).orElseThrow(() -> new Problem.BadRequest(
                        "There is no rule \"" + name + "\"; there are: " + String.join(", ", rules.names()) + ".")
                .asException());
    }

    private static Target converter(String function) {
        try {
            return Target.converter(function);
        } catch (IllegalArgumentException e) {
            throw new Problem.BadRequest("function=" + function + " is not allowed: " + e.getMessage() + ".")
                    .asException();
        }
    }

    /** Whether this result for the same picture is good enough. */
    boolean accepts(ObjectInfo result) {
        return !explicit || rule.target().toString().equals(result.metadata().get(ObjectInfo.FUNCTION));
    }

    boolean takes(String bucket, String key) {
        return route.from().bucket().equals(bucket) && route.from().takes(key);
    }
}
