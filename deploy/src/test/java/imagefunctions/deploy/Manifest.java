package imagefunctions.deploy;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** An object of Kubernetes', and the pods that come of it. */
record Manifest(JsonObject json) {

    String kind() {
        return json.get("kind").getAsString();
    }

    String name() {
        return text(json, "metadata.name");
    }

    /** The template of its pods, if it has any. */
    Optional<JsonObject> pods() {
        return switch (kind()) {
            case "Deployment" -> at(json, "spec.template");
            case "CronJob" -> at(json, "spec.jobTemplate.spec.template");
            case "Service" -> at(json, "spec.template");
            default -> Optional.empty();
        };
    }

    Map<String, String> podLabels() {
        // OpenFaaS labels the pods that it makes of a function.
        if (kind().equals("Function")) {
            return Map.of("faas_function", name());
        }
        return pods().map(pods -> labels(pods, "metadata.labels")).orElse(Map.of());
    }

    Stream<JsonObject> containers() {
        return pods().stream().flatMap(pods -> items(pods, "spec.containers"));
    }

    boolean listensOn(String port) {
        return containers().flatMap(container -> items(container, "ports")).anyMatch(open -> text(open, "containerPort")
                .equals(port));
    }

    @Override
    public String toString() {
        return kind() + " " + name();
    }

    static Optional<JsonObject> at(JsonObject json, String path) {
        return element(json, path).map(JsonElement::getAsJsonObject);
    }

    /** The objects of a list, of none if there is no such list. */
    static Stream<JsonObject> items(JsonObject json, String path) {
        return element(json, path).map(JsonElement::getAsJsonArray).orElse(new JsonArray()).asList().stream()
                .map(JsonElement::getAsJsonObject);
    }

    /** A value as text, empty if there is none; numbers without a fraction. */
    static String text(JsonObject json, String path) {
        return element(json, path)
                .map(value -> value.isJsonPrimitive() ? value.getAsString() : value.toString())
                .orElse("");
    }

    static Map<String, String> labels(JsonObject json, String path) {
        Map<String, String> labels = new TreeMap<>();
        at(json, path).ifPresent(found -> found.asMap().forEach((key, value) -> labels.put(key, value.getAsString())));
        return labels;
    }

    private static Optional<JsonElement> element(JsonObject json, String path) {
        JsonElement found = json;
        for (String key : path.split("\\.", -1)) {
            if (!(found instanceof JsonObject object) || !object.has(key)) {
                return Optional.empty();
            }
            found = object.get(key);
        }
        return Optional.of(found);
    }
}
