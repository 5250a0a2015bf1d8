package imagefunctions.functions.chaining.yaml;

import imagefunctions.functions.chaining.workflow.Condition;
import imagefunctions.functions.chaining.workflow.OneOf;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code when}, whose conditions must all hold. */
final class ConditionReader {
    private static final List<String> KEYS =
            List.of("query", "header", "content_type", "larger_than", "smaller_than", "not");

    private ConditionReader() {}

    static Condition read(YamlNode when) {
        List<Condition> all = new ArrayList<>();
        when.mapping("when", KEYS).forEach((key, value) -> {
            switch (key) {
                case "query" -> named(value).forEach((name, values) -> all.add(new Condition.Query(name, values)));
                case "header" -> named(value).forEach((name, values) -> all.add(new Condition.Header(name, values)));
                case "content_type" -> all.add(new Condition.ContentType(oneOf(value)));
                case "larger_than" -> all.add(new Condition.LargerThan(value.parse(Scalars::size)));
                case "smaller_than" -> all.add(new Condition.SmallerThan(value.parse(Scalars::size)));
                default -> all.add(new Condition.Not(read(value)));
            }
        });
        if (all.isEmpty()) {
            throw when.error("when has no condition: give it one of " + String.join(", ", KEYS));
        }
        return all.size() == 1 ? all.getFirst() : new Condition.All(all);
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
