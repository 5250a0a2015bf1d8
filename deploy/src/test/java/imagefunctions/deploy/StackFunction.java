package imagefunctions.deploy;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** A function of the stack file, its fields as faas-cli reads them. */
record StackFunction(String name, Map<String, Object> fields) {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+):-([^}]*)}");
    /** What is left of a pod's time when its longest call ends. */
    private static final int SECONDS_TO_END = 10;

    StackFunction {
        fields = Map.copyOf(fields);
    }

    static List<StackFunction> read(Path stack, Map<String, String> variables) throws IOException {
        String text = VARIABLE.matcher(Files.readString(stack))
                .replaceAll(variable -> variables.getOrDefault(variable.group(1), variable.group(2)));
        Map<String, Map<String, Map<String, Object>>> file =
                new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
        return requireNonNull(file.get("functions")).entrySet().stream()
                .map(function -> new StackFunction(function.getKey(), function.getValue()))
                .toList();
    }

    boolean needsStore() {
        return !secrets().isEmpty();
    }

    /** What the templates may name. */
    Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>(fields);
        values.put("name", name);
        values.put("component", needsStore() ? "bucket-function" : "function");
        values.put("secrets", secrets());
        values.put(
                "env",
                environment().entrySet().stream().map(StackFunction::variable).toList());
        String time = requireNonNull(environment().get("exec_timeout"));
        values.put("exec_timeout", time);
        values.put("grace", Integer.parseInt(time.replaceFirst("s$", "")) + SECONDS_TO_END);
        return values;
    }

    private static Map<String, String> variable(Map.Entry<String, String> variable) {
        Map<String, String> named = new LinkedHashMap<>();
        named.put("name", variable.getKey());
        named.put("value", variable.getValue());
        return named;
    }

    @SuppressWarnings("unchecked")
    private Map<String, String> environment() {
        return (Map<String, String>) requireNonNull(fields.get("environment"));
    }

    private List<?> secrets() {
        return (List<?>) fields.getOrDefault("secrets", List.of());
    }
}
