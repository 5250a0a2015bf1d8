package imagefunctions.deploy;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.representer.Representer;

/**
 * YAML documents in which {@code $name} stands for a value. As a value of its own it may be a map or a list; a list within
 * a list adds its items, and a key whose list is empty is left out.
 */
record Template(List<Object> documents) {
    private static final Pattern NAME = Pattern.compile("\\$(\\w+)");

    static Template read(Path file) throws IOException {
        List<Object> documents = new ArrayList<>();
        yaml().loadAll(Files.readString(file)).forEach(documents::add);
        return new Template(documents);
    }

    String with(Map<String, Object> values) {
        StringBuilder text = new StringBuilder();
        for (Object document : documents) {
            text.append("---\n").append(yaml().dump(filled(document, values)));
        }
        return text.toString();
    }

    private static Object filled(Object node, Map<String, Object> values) {
        return switch (node) {
            case Map<?, ?> map -> filled(map, values);
            case List<?> list -> filled(list, values);
            case String text -> filled(text, values);
            default -> node;
        };
    }

    private static Map<Object, Object> filled(Map<?, ?> map, Map<String, Object> values) {
        Map<Object, Object> filled = new LinkedHashMap<>();
        map.forEach((key, node) -> {
            Object value = filled(node, values);
            if (!List.of().equals(value)) {
                filled.put(key, value);
            }
        });
        return filled;
    }

    private static List<Object> filled(List<?> list, Map<String, Object> values) {
        List<Object> filled = new ArrayList<>();
        for (Object item : list) {
            Object value = filled(item, values);
            if (item instanceof String && value instanceof List<?> more) {
                filled.addAll(more);
            } else {
                filled.add(value);
            }
        }
        return filled;
    }

    private static Object filled(String text, Map<String, Object> values) {
        Matcher whole = NAME.matcher(text);
        if (whole.matches()) {
            return value(whole.group(1), values);
        }
        return NAME.matcher(text)
                .replaceAll(name ->
                        Matcher.quoteReplacement(value(name.group(1), values).toString()));
    }

    private static Object value(String name, Map<String, Object> values) {
        return requireNonNull(values.get(name), () -> "A template names $" + name + ", which no function has.");
    }

    private static Yaml yaml() {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setIndicatorIndent(2);
        options.setIndentWithIndicator(true);
        options.setWidth(200);
        return new Yaml(new SafeConstructor(new LoaderOptions()), new Representer(options), options);
    }
}
