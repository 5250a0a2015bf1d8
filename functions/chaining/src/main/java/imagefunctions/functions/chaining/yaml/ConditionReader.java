package imagefunctions.functions.chaining.yaml;

import imagefunctions.functions.chaining.workflow.Condition;
import imagefunctions.functions.chaining.workflow.OneOf;
import imagefunctions.yaml.YamlNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads {@code when}, whose conditions must all hold. */
final class ConditionReader {
    private static final List<String> KEYS =
            List.of("query", "header", "answer", "content_type", "larger_than", "smaller_than", "not");

    private ConditionReader() {}

    /**
     * Reads the conditions.
     *
     * @param answers the earlier steps whose answers can be tested
     */
    static Condition read(YamlNode when, Set<String> answers) {
        List<Condition> all = new ArrayList<>();
        when.mapping("when", KEYS).forEach((key, value) -> {
            switch (key) {
                case "query" -> named(value).forEach((name, values) -> all.add(new Condition.Query(name, values)));
                case "header" -> named(value).forEach((name, values) -> all.add(new Condition.Header(name, values)));
                case "answer" -> named(value).forEach((step, values) -> all.add(answer(value, step, values, answers)));
                case "content_type" -> all.add(new Condition.ContentType(oneOf(value)));
                case "larger_than" -> all.add(new Condition.LargerThan(value.parse(Scalars::size)));
                case "smaller_than" -> all.add(new Condition.SmallerThan(value.parse(Scalars::size)));
                default -> all.add(new Condition.Not(read(value, answers)));
            }
        });
        if (all.isEmpty()) {
            throw when.error("when has no condition: give it one of " + String.join(", ", KEYS));
        }
        return all.size() == 1 ? all.getFirst() : new Condition.All(all);
    }

    private static Condition answer(YamlNode node, String step, OneOf values, Set<String> answers) {
        if (!answers.contains(step)) {
            throw node.error(
                    "no step before this one is called \"" + step + "\": answer tests an earlier function step");
        }
        return new Condition.Answer(step, values);
    }

    private static Map<String, OneOf> named(YamlNode node) {
        Map<String, OneOf> byName = new LinkedHashMap<>();
        node.mapping().forEach((name, values) -> byName.put(name, oneOf(values)));
        return byName;
    }

    private static OneOf oneOf(YamlNode node) {
        return new OneOf(
                node.isList() ? node.list().stream().map(YamlNode::text).toList() : List.of(node.text()));
    }
}
