package imagefunctions.functions.processimages.rules;

import imagefunctions.yaml.YamlNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one rule. */
final class RuleReader {
    private static final List<String> KEYS = List.of(
            "name",
            "bucket",
            "prefix",
            "suffix",
            "type",
            "function",
            "workflow",
            "parameters",
            "to",
            "key",
            "schedule");

    /** What only rules for pictures have. */
    private static final List<String> OF_ROUTES = List.of("prefix", "suffix", "type", "to", "key");

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,63}");
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final Pattern TYPE = Pattern.compile("[a-z0-9][a-z0-9.+-]*/([a-z0-9][a-z0-9.+-]*|\\*)");

    private final String failed;
    private final KnownTargets targets;

    /**
     * A reader of rules.
     *
     * @param failed the bucket of failure records, which no rule may use
     * @param targets what rules may call
     */
    RuleReader(String failed, KnownTargets targets) {
        this.failed = failed;
        this.targets = targets;
    }

    Rule read(YamlNode node) {
        Map<String, YamlNode> keys = node.mapping("a rule", KEYS);
        YamlNode bucket = keys.get("bucket");
        Optional<Route> route = bucket == null ? withoutRoute(keys) : Optional.of(route(node, bucket, keys));
        YamlNode schedule = keys.get("schedule");
        return new Rule(
                required(node, keys, "name").parse(RuleReader::name),
                target(node, keys, route.isPresent()),
                route,
                schedule == null ? Optional.empty() : Optional.of(schedule.parse(Schedule::new)));
    }

    private static Optional<Route> withoutRoute(Map<String, YamlNode> keys) {
        for (String key : OF_ROUTES) {
            YamlNode without = keys.get(key);
            if (without != null) {
                throw without.error("\"" + key + "\" is for rules that take pictures: give this one a \"bucket\", too");
            }
        }
        return Optional.empty();
    }

    private Route route(YamlNode node, YamlNode bucket, Map<String, YamlNode> keys) {
        YamlNode key = keys.get("key");
        return new Route(
                new Selection(
                        bucket.parse(this::bucket),
                        texts(keys.get("prefix")),
                        texts(keys.get("suffix")),
                        items(keys.get("type")).stream()
                                .map(type -> type.parse(RuleReader::type))
                                .toList()),
                required(node, keys, "to").parse(this::bucket),
                key == null ? KeyPattern.SAME : key.parse(KeyPattern::new));
    }

    private Target target(YamlNode node, Map<String, YamlNode> keys, boolean converts) {
        YamlNode function = keys.get("function");
        YamlNode workflow = keys.get("workflow");
        if ((function == null) == (workflow == null)) {
            throw node.error("a rule has either a \"function\" or a \"workflow\"");
        }
        Map<String, Object> parameters = new LinkedHashMap<>();
        if (workflow != null) {
            parameters.put(Target.WORKFLOW, workflow.text());
        }
        YamlNode given = keys.get("parameters");
        if (given != null) {
            given.mapping().forEach((name, value) -> {
                if (parameters.put(name, value.value()) != null) {
                    throw value.error("the workflow is named by the rule's own key \"workflow\"");
                }
            });
        }
        return workflow != null
                ? workflow.parse(name -> known(new Target(Target.CHAINING, parameters)))
                : Objects.requireNonNull(function)
                        .parse(text -> known(
                                (converts ? Target.converter(text) : new Target(text, Map.of())).with(parameters)));
    }

    private Target known(Target target) {
        targets.check(target);
        return target;
    }

    private static YamlNode required(YamlNode node, Map<String, YamlNode> keys, String key) {
        YamlNode value = keys.get(key);
        if (value == null) {
            throw node.error("a rule must have \"" + key + "\"");
        }
        return value;
    }

    private static List<YamlNode> items(@Nullable YamlNode node) {
        if (node == null) {
            return List.of();
        }
        return node.isList() ? node.list() : List.of(node);
    }

    private static List<String> texts(@Nullable YamlNode node) {
        return items(node).stream().map(YamlNode::text).toList();
    }

    private static String name(String text) {
        if (text.equals(Rule.BUILT_IN)) {
            throw new IllegalArgumentException(
                    "the rule that holds without this file is called so, write another name");
        }
        return matching(NAME, text, "write up to 64 letters, digits and . _ -");
    }

    private String bucket(String text) {
        if (text.equals(failed)) {
            throw new IllegalArgumentException("that bucket is for what cannot be converted, write another one");
        }
        return matching(BUCKET, text, "write a bucket's name: 3 to 63 small letters, digits, dots and dashes");
    }

    private static String type(String text) {
        return matching(TYPE, text, "write a content type in small letters, such as image/png or image/*");
    }

    private static String matching(Pattern pattern, String text, String message) {
        if (!pattern.matcher(text).matches()) {
            throw new IllegalArgumentException(message);
        }
        return text;
    }
}
