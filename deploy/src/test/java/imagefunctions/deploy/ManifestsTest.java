package imagefunctions.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ManifestsTest {
    private static final String FOLDER = "deploy/kubernetes";

    @ParameterizedTest
    @MethodSource("files")
    void aManifestFitsItsSchema(String file) throws Exception {
        for (JsonObject manifest : Yaml.documents(FOLDER + "/" + file)) {
            Schema.check(manifest);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "receiver/callback-receiver.yaml, 1, readynessProbe",
        "plain/functions.yaml, 0, lifecicle",
        "knative/functions.yaml, 0, comand",
    })
    void aFieldThatKubernetesDoesNotKnowIsFound(String file, int document, String typo) throws Exception {
        Manifest manifest = new Manifest(Yaml.documents(FOLDER + "/" + file).get(document));
        manifest.containers().forEach(container -> container.add(typo, new JsonPrimitive("typo")));

        assertThatThrownBy(() -> Schema.check(manifest.json())).hasMessageContaining(typo);
    }

    /** Bucket functions act with the store's keys, and /system shows and ends calls of everybody. */
    @Test
    void theIngressLeadsToFunctionsByNameAndToNoneOfBuckets() throws Exception {
        assertThat(together("overlays/plain-s3-ingress").stream()
                        .filter(manifest -> manifest.kind().equals("Ingress"))
                        .flatMap(ingress -> Manifest.items(ingress.json(), "spec.rules"))
                        .flatMap(rule -> Manifest.items(rule, "http.paths"))
                        .map(path -> Manifest.text(path, "path")))
                .contains("/function/draft", "/async-function/draft", "/async-function/chaining")
                .allMatch(path -> path.matches("/(async-)?function/\\w+"))
                .noneMatch(path -> path.matches(".*(load|process)images.*"));
    }

    @Test
    void allThatIsToBeBackedUpLiesInTheVolumeOfTheImageInWhichEverythingRuns() throws Exception {
        Map<String, String> folders = Pattern.compile("(?m)^\\| `(data/\\w+)` \\| `(\\w+_FOLDER)` \\|")
                .matcher(Files.readString(Yaml.path("docs/operating.md")))
                .results()
                .collect(Collectors.toMap(row -> row.group(2), row -> row.group(1)));

        assertThat(folders).hasSizeGreaterThan(3);
        folders.forEach((setting, folder) ->
                assertThat(Yaml.path("deploy/gateway/Dockerfile")).content().contains(setting + "=/" + folder));
    }

    /** Java takes the encoding of files' names from it. */
    @Test
    void theImagesSetALocaleOfUtf8AndNothingThatIsDeployedTakesItBack() throws Exception {
        for (String file : List.of("deploy/gateway/Dockerfile", "template/java-quarkus-ppc64le/Dockerfile")) {
            assertThat(Yaml.path(file)).as(file).content().containsPattern("(?m)^ENV LANG=C\\.UTF-8 ");
        }
        List<Path> deployed = new ArrayList<>(List.of(Yaml.path("stack.yml"), Yaml.path("deploy/compose.yml")));
        try (Stream<Path> files = Files.walk(Yaml.path(FOLDER))) {
            files.filter(Files::isRegularFile).forEach(deployed::add);
        }
        for (Path file : deployed) {
            assertThat(file)
                    .as(file.toString())
                    .content()
                    .doesNotContainPattern(
                            "\\bLC_(ALL|CTYPE)\\b|name: LANG\\s+value: (?!C\\.UTF-8\\s)|\\bLANG[:=] ?(?!C\\.UTF-8\\s)");
        }
    }

    @Test
    void theFunctionsAreThoseOfTheStackFile() throws Exception {
        for (Map.Entry<Path, String> file : Manifests.of(Yaml.path("")).entrySet()) {
            assertThat(Yaml.path(file.getKey().toString()))
                    .as("after a change of stack.yml or a template: ./run manifests")
                    .hasContent(file.getValue());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"openfaas", "plain", "knative", "overlays/plain-s3-ingress", "overlays/knative-s3"})
    void whatIsDeployedTogetherFits(String folder) throws Exception {
        assertThat(faults(together(folder))).isEmpty();
    }

    /** The same of what kubectl makes of it, with the patches. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "openfaas",
                "plain",
                "knative",
                "overlays/plain-s3-ingress",
                "overlays/plain-s3-nats",
                "overlays/knative-s3"
            })
    void whatKubectlMakesFits(String folder) throws Exception {
        assumeTrue(Command.exists("kubectl"), "kubectl is not on the PATH: it does not put the manifests together");
        String version = Command.run(Yaml.path(""), "kubectl", "version", "--client", "--output=json");
        assumeTrue(
                JsonParser.parseString(version).getAsJsonObject().has("kustomizeVersion"),
                "kubectl is older than 1.24: it does not put the manifests together");
        List<Manifest> made = new ArrayList<>();
        for (JsonObject manifest : Yaml.parse(Command.run(Yaml.path(FOLDER), "kubectl", "kustomize", folder))) {
            Schema.check(manifest);
            made.add(new Manifest(manifest));
        }

        assertThat(made).hasSameSizeAs(resources(folder).toList());
        if (folder.equals("openfaas")) {
            made.addAll(functions());
        }
        assertThat(faults(made)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Deployment draft | spec.template.spec.securityContext | runAsNonRoot | runAsNonRoot is not true",
                "Deployment draft | spec.template.spec.securityContext.seccompProfile | type | seccompProfile.type",
                "Deployment draft | spec.template.spec | automountServiceAccountToken | automountServiceAccountToken",
                "Deployment draft | spec.template.metadata.labels | app.kubernetes.io/name | does not select its own pods",
                "Deployment draft | spec.template.spec | volumes | mounts tmp",
                "Deployment draft | metadata | name | scales Deployment draft, which is not there",
                "HorizontalPodAutoscaler draft | spec | minReplicas=30 | minimum above its maximum",
                "HorizontalPodAutoscaler draft | spec | minReplicas=1 | is for a single pod",
                "PodDisruptionBudget draft | spec.selector.matchLabels | app.kubernetes.io/name=drift | selects nothing",
                "Service draft | spec.selector | app.kubernetes.io/name=drift | where nothing listens",
                "Service draft | metadata | name=drift | leads to a service that is not there",
                "NetworkPolicy chaining-calls-the-gateway | spec.podSelector.matchLabels | app.kubernetes.io/name=c | selects nothing",
                "PersistentVolumeClaim gateway | metadata | name=g | needs PersistentVolumeClaim gateway",
            })
    void whatDoesNotFitIsFound(String manifest, String path, String change, String fault) throws Exception {
        List<Manifest> all = together("overlays/plain-s3-ingress");
        JsonObject changed = all.stream()
                .filter(one -> one.toString().equals(manifest))
                .map(one -> Manifest.at(one.json(), path).orElseThrow())
                .findFirst()
                .orElseThrow();
        String[] keyAndValue = change.split("=", 2);
        changed.remove(keyAndValue[0]);
        if (keyAndValue.length == 2) {
            changed.addProperty(keyAndValue[0], keyAndValue[1]);
        }

        assertThat(faults(all)).anyMatch(found -> found.contains(fault));
    }

    @ParameterizedTest
    @ValueSource(strings = {"allowPrivilegeEscalation", "readOnlyRootFilesystem", "capabilities"})
    void aContainerThatIsAllowedMoreIsFound(String field) throws Exception {
        for (String folder : List.of("plain", "knative")) {
            List<Manifest> all = together(folder);
            all.stream().flatMap(Manifest::containers).forEach(container -> container
                    .getAsJsonObject("securityContext")
                    .remove(field));

            assertThat(faults(all))
                    .hasSize((int) all.stream().flatMap(Manifest::containers).count());
        }
    }

    private static List<String> faults(List<Manifest> manifests) {
        return Stream.concat(
                        new References(manifests).faults(),
                        manifests.stream().flatMap(manifest -> manifest.pods().stream()
                                .flatMap(pods -> RestrictedPods.faults(pods.getAsJsonObject("spec")))
                                .map(fault -> manifest + " " + fault)))
                .toList();
    }

    /** All that runs together, without patches; OpenFaaS' functions come beside what kustomize applies. */
    private static List<Manifest> together(String folder) throws Exception {
        List<Manifest> manifests = new ArrayList<>(resources(folder).toList());
        if (folder.equals("openfaas")) {
            manifests.addAll(functions());
        }
        return manifests;
    }

    private static List<Manifest> functions() throws Exception {
        return Yaml.documents(FOLDER + "/openfaas/functions.yaml").stream()
                .map(Manifest::new)
                .toList();
    }

    /** What is put together, but for what a patch takes out again. */
    private static Stream<Manifest> resources(String folder) throws Exception {
        List<Manifest> manifests = new ArrayList<>();
        List<String> deleted = new ArrayList<>();
        collect(folder, manifests, deleted);
        return manifests.stream().filter(manifest -> !deleted.contains(manifest.toString()));
    }

    private static void collect(String folder, List<Manifest> manifests, List<String> deleted) throws Exception {
        JsonObject kustomization =
                Yaml.documents(FOLDER + "/" + folder + "/kustomization.yaml").getFirst();
        for (String list : List.of("resources", "components")) {
            if (!kustomization.has(list)) {
                continue;
            }
            for (JsonElement named : kustomization.getAsJsonArray(list)) {
                String path = Path.of(folder, named.getAsString()).normalize().toString();
                if (path.endsWith(".yaml")) {
                    Yaml.documents(FOLDER + "/" + path).stream()
                            .map(Manifest::new)
                            .forEach(manifests::add);
                } else {
                    collect(path, manifests, deleted);
                }
            }
        }
        // A patch with a target is a list of operations.
        for (JsonObject patch : Manifest.items(kustomization, "patches")
                .filter(patch -> !patch.has("target"))
                .toList()) {
            for (JsonObject patched : Yaml.documents(FOLDER + "/" + folder + "/" + Manifest.text(patch, "path"))) {
                if (Manifest.text(patched, "$patch").equals("delete")) {
                    deleted.add(new Manifest(patched).toString());
                }
            }
        }
    }

    /** All but the templates and the patches, which are no manifests by themselves. */
    static List<String> files() throws IOException {
        Path folder = Yaml.path(FOLDER);
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(file -> folder.relativize(file).toString())
                    .filter(name -> name.endsWith(".yaml"))
                    .filter(name -> !name.startsWith("templates") && !name.endsWith("-patch.yaml"))
                    .sorted()
                    .toList();
        }
    }
}
