package imagefunctions.functions.chaining.yaml;

import imagefunctions.yaml.YamlNode;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds out which steps refer to an earlier one, before those are read. */
final class References {
    private References() {}

    /** Whether one of these steps, or a step nested in them, iterates over the list that the named step returns. */
    static boolean iterateOver(String name, List<YamlNode> steps) {
        return any(steps, step -> {
            YamlNode foreach = step.get("foreach");
            return foreach != null && foreach.isText() && foreach.text().equals(name);
        });
    }

    /** Whether one of these steps, or a step nested in them, tests what the named step answers. */
    static boolean test(String name, List<YamlNode> steps) {
        return any(steps, step -> tests(name, step.get("when")));
    }

    private static boolean tests(String name, @Nullable YamlNode when) {
        if (when == null || !when.isMapping()) {
            return false;
        }
        Map<String, YamlNode> conditions = when.mapping();
        YamlNode answer = conditions.get("answer");
        return (answer != null && answer.isMapping() && answer.mapping().containsKey(name))
                || tests(name, conditions.get("not"));
    }

    private static boolean any(List<YamlNode> steps, Predicate<Map<String, YamlNode>> refers) {
        return steps.stream()
                .filter(YamlNode::isMapping)
                .map(YamlNode::mapping)
                .anyMatch(step -> refers.test(step)
                        || Stream.of("steps", "parallel")
                                .map(step::get)
                                .anyMatch(inner -> inner != null
                                        && inner.isList()
                                        && !inner.isEmpty()
                                        && any(inner.list(), refers)));
    }
}
