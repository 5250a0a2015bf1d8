package imagefunctions.deploy;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.kubernetes.client.openapi.models.V1CronJob;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ManifestsTest {
    private static final Set<String> FUNCTION_FIELDS = Set.of(
            "name",
            "image",
            "handler",
            "environment",
            "constraints",
            "secrets",
            "labels",
            "annotations",
            "limits",
            "requests",
            "readOnlyRootFilesystem");

    @ParameterizedTest
    @MethodSource("manifests")
    void aManifestFitsItsSchema(String file) throws Exception {
        for (JsonObject manifest : Yaml.documents("deploy/kubernetes/" + file)) {
            check(manifest);
        }
    }

    @Test
    void aFieldThatKubernetesDoesNotKnowIsFound() throws Exception {
        JsonObject deployment =
                Yaml.documents("deploy/kubernetes/callback-receiver.yaml").get(1);
        JsonElement container = deployment
                .getAsJsonObject("spec")
                .getAsJsonObject("template")
                .getAsJsonObject("spec")
                .getAsJsonArray("containers")
                .get(0);
        container.getAsJsonObject().add("readynessProbe", new JsonPrimitive("typo"));

        assertThatThrownBy(() -> check(deployment)).hasMessageContaining("readynessProbe");
    }

    /** The custom resources are what faas-cli makes of the stack file. */
    @Test
    void theFunctionsAreThoseOfTheStackFile() throws Exception {
        Map<String, JsonObject> deployed = new TreeMap<>();
        for (JsonObject function : Yaml.documents("deploy/kubernetes/functions.yaml")) {
            JsonObject spec = function.getAsJsonObject("spec");
            deployed.put(spec.get("name").getAsString(), spec);
        }
        Map<String, JsonElement> stacked = Yaml.documents("stack.yml")
                .getFirst()
                .getAsJsonObject("functions")
                .asMap();

        assertThat(deployed.keySet()).isEqualTo(new TreeMap<>(stacked).keySet());
        stacked.forEach((name, function) -> {
            for (String field : List.of("environment", "secrets", "labels", "annotations", "limits", "requests")) {
                assertThat(resolved(requireNonNull(deployed.get(name)).get(field)))
                        .as(name + " " + field)
                        .isEqualTo(resolved(function.getAsJsonObject().get(field)));
            }
        });
    }

    /** With the default in place of a variable, as faas-cli resolves it. */
    private static String resolved(JsonElement value) {
        String text = value == null
                ? "null"
                : value.isJsonObject() ? new TreeMap<>(value.getAsJsonObject().asMap()).toString() : value.toString();
        return text.replaceAll("\\$\\{\\w+:-([^}]*)}", "$1");
    }

    static List<String> manifests() throws IOException {
        try (Stream<Path> files = Files.list(Yaml.path("deploy/kubernetes"))) {
            return new ArrayList<>(files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml"))
                    .sorted()
                    .toList());
        }
    }

    private static void check(JsonObject manifest) throws IOException {
        String kind = manifest.get("kind").getAsString();
        switch (kind) {
            case "CronJob" -> V1CronJob.validateJsonElement(manifest);
            case "Deployment" -> V1Deployment.validateJsonElement(manifest);
            case "NetworkPolicy" -> V1NetworkPolicy.validateJsonElement(manifest);
            case "PersistentVolumeClaim" -> V1PersistentVolumeClaim.validateJsonElement(manifest);
            case "Secret" -> V1Secret.validateJsonElement(manifest);
            case "Service" -> V1Service.validateJsonElement(manifest);
            case "Function" -> checkFunction(manifest);
            default -> throw new AssertionError("no schema for " + kind);
        }
    }

    /** The fields of OpenFaaS' custom resource, openfaas.com/v1. */
    private static void checkFunction(JsonObject function) {
        JsonObject spec = function.getAsJsonObject("spec");
        assertThat(function.keySet()).isSubsetOf("apiVersion", "kind", "metadata", "spec");
        assertThat(function.get("apiVersion").getAsString()).isEqualTo("openfaas.com/v1");
        assertThat(spec.keySet()).contains("name", "image").isSubsetOf(FUNCTION_FIELDS);
        for (String map : List.of("environment", "labels", "annotations")) {
            spec.getAsJsonObject(map).asMap().forEach((key, value) -> assertThat(
                            value.getAsJsonPrimitive().isString())
                    .as(map + " " + key)
                    .isTrue());
        }
        for (String resources : List.of("limits", "requests")) {
            assertThat(spec.getAsJsonObject(resources).keySet()).isSubsetOf("cpu", "memory");
        }
    }
}
