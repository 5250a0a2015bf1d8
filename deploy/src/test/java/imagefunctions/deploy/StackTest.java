package imagefunctions.deploy;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** faas-cli ignores what it does not know, so that a slip in stack.yml is found only here. */
final class StackTest {
    private static final Pattern OURS =
            Pattern.compile("<groupId>imagefunctions</groupId>\\s*<artifactId>([^<]+)</artifactId>");
    /** A call of the walk's, with the file that it sends. */
    private static final Pattern ASYNCHRONOUS = Pattern.compile(
            "^curl [^\n]*--data-binary @(\\S+)(?:[^\n]*\\\\\n)*[^\n]*/async-function/", Pattern.MULTILINE);

    private static final Set<String> KEYS = Set.of(
            "lang",
            "handler",
            "image",
            "environment",
            "secrets",
            "labels",
            "annotations",
            "limits",
            "requests",
            "readonly_root_filesystem",
            "build_args");

    static Stream<Map.Entry<String, JsonElement>> functions() throws IOException {
        return stack().getAsJsonObject("functions").entrySet().stream();
    }

    @Test
    void everyFunctionOfTheRepositoryIsInTheStackFile() throws Exception {
        try (Stream<Path> folders = Files.list(Yaml.path("functions"))) {
            assertThat(stack().getAsJsonObject("functions").keySet())
                    .containsExactlyInAnyOrderElementsOf(
                            folders.filter(folder -> Files.exists(folder.resolve("pom.xml")))
                                    .map(folder -> folder.getFileName().toString())
                                    .toList());
        }
    }

    @ParameterizedTest
    @MethodSource("functions")
    void aFunctionHasOneNameEverywhere(Map.Entry<String, JsonElement> function) {
        JsonObject fields = function.getValue().getAsJsonObject();

        assertThat(fields.keySet()).isSubsetOf(KEYS);
        assertThat(fields.get("handler").getAsString()).isEqualTo("./functions/" + function.getKey());
        assertThat(fields.get("image").getAsString())
                .isEqualTo("${REGISTRY:-localhost:5000}/" + function.getKey() + ":${TAG:-latest}");
        assertThat(Yaml.path("template/" + fields.get("lang").getAsString() + "/Dockerfile"))
                .exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"stack.yml", "deploy/callback-receiver.yml"})
    void theModulesThatAFunctionNeedsAreInItsBuildContext(String file) throws Exception {
        JsonObject stack = Yaml.documents(file).getFirst();
        Map<String, Path> copied = stack.getAsJsonObject("configuration").getAsJsonArray("copy").asList().stream()
                .map(path -> Yaml.path(path.getAsString()).normalize())
                .collect(Collectors.toMap(path -> path.getFileName().toString(), path -> path));
        for (JsonElement function : stack.getAsJsonObject("functions").asMap().values()) {
            Path handler = Yaml.path(function.getAsJsonObject().get("handler").getAsString());
            collect(handler, copied, new HashSet<>());
        }

        assertThat(copied.values()).allSatisfy(path -> assertThat(path).exists());
    }

    @Test
    void theCommunityEditionTakesTheStackFile() throws Exception {
        assertThat(CommunityEdition.refusals(resolved())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "labels, com.openfaas.scale.max, 6, above 5",
        "labels, com.openfaas.scale.min, 6, above 5",
        "labels, com.openfaas.scale.zero, true, com.openfaas.scale.zero",
        "labels, com.openfaas.scale.zero-duration, 5m, com.openfaas.scale.zero-duration",
        "labels, com.openfaas.scale.target, 10, com.openfaas.scale.target",
        "labels, com.openfaas.scale.type, cpu, com.openfaas.scale.type",
        "annotations, topic, 'one,two', more than one topic",
    })
    void whatTheCommunityEditionRefusesIsFound(String map, String key, String value, String why) throws Exception {
        JsonObject functions = resolved();
        functions.getAsJsonObject("processimages").getAsJsonObject(map).addProperty(key, value);

        assertThat(CommunityEdition.refusals(functions)).singleElement(STRING).contains("processimages: ", why);
    }

    @Test
    void theCommunityEditionTakesNoSixteenthFunction() throws Exception {
        JsonObject functions = resolved();
        JsonElement one = functions.get("draft");
        for (int number = functions.size(); number < 16; number++) {
            functions.add("function-" + number, one);
        }

        assertThat(CommunityEdition.refusals(functions)).singleElement(STRING).contains("16 functions");
    }

    /** What the walk sends to the queue goes through it, and there is something that it sends. */
    @Test
    void theWalksAsynchronousCallsFitTheCommunityEditionsQueue() throws Exception {
        Matcher call = ASYNCHRONOUS.matcher(Files.readString(Yaml.path("deploy/README.md")));

        assertThat(call.results().map(found -> Yaml.path(found.group(1)).toFile()))
                .isNotEmpty()
                .allSatisfy(
                        file -> assertThat(file).exists().size().isLessThanOrEqualTo(CommunityEdition.QUEUED_BYTES));
    }

    /** The functions, with the defaults in place of variables. */
    private static JsonObject resolved() throws IOException {
        String text = Files.readString(Yaml.path("stack.yml")).replaceAll("\\$\\{\\w+:-([^}]*)}", "$1");
        return Yaml.parse(text).getFirst().getAsJsonObject("functions");
    }

    /** A module has its folder's name. */
    private static void collect(Path module, Map<String, Path> copied, Set<String> needed) throws IOException {
        Matcher dependency = OURS.matcher(Files.readString(module.resolve("pom.xml")));
        while (dependency.find()) {
            String name = dependency.group(1);
            if (!Set.of("runtime", "java-quarkus-ppc64le").contains(name) && needed.add(name)) {
                collect(requireNonNull(copied.get(name), () -> module + " needs " + name), copied, needed);
            }
        }
    }

    private static JsonObject stack() throws IOException {
        return Yaml.documents("stack.yml").getFirst();
    }
}
