package imagefunctions.deploy;

import com.google.gson.JsonObject;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The "restricted" profile of Kubernetes' Pod Security Standards, with a read-only root and no token besides. */
final class RestrictedPods {
    private static final Set<String> VOLUMES = Set.of(
            "configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected", "secret");
    /** What a pod may say for all of its containers. */
    private static final Map<String, String> POD_OR_CONTAINER =
            Map.of("runAsNonRoot", "true", "seccompProfile.type", "RuntimeDefault");

    private static final Map<String, String> CONTAINER = Map.of(
            "allowPrivilegeEscalation", "false",
            "readOnlyRootFilesystem", "true",
            "capabilities.drop", "[\"ALL\"]",
            "capabilities.add", "",
            "privileged", "");
    private static final Set<String> NEVER = Set.of("hostNetwork", "hostPID", "hostIPC", "initContainers");

    private RestrictedPods() {}

    /** What a pod of this specification would be refused for. */
    static Stream<String> faults(JsonObject pod) {
        Stream<String> host = NEVER.stream().filter(pod::has).map(field -> "has " + field);
        Stream<String> token = expected(pod, Map.of("automountServiceAccountToken", "false"));
        Stream<String> volumes = Manifest.items(pod, "volumes")
                .flatMap(volume -> volume.keySet().stream())
                .filter(key -> !key.equals("name") && !VOLUMES.contains(key))
                .map(key -> "has a volume of type " + key);
        Stream<String> containers =
                Manifest.items(pod, "containers").flatMap(container -> containerFaults(pod, container));
        return Stream.of(host, token, volumes, containers).flatMap(faults -> faults);
    }

    private static Stream<String> containerFaults(JsonObject pod, JsonObject container) {
        JsonObject context = Manifest.at(container, "securityContext").orElse(new JsonObject());
        JsonObject inherited = Manifest.at(pod, "securityContext").orElse(new JsonObject());
        Stream<String> hostPorts = Manifest.items(container, "ports")
                .filter(port -> port.has("hostPort"))
                .map(port -> "has a hostPort");
        Stream<String> own = expected(context, CONTAINER);
        Stream<String> either = POD_OR_CONTAINER.entrySet().stream()
                .filter(field -> !Stream.of(context, inherited)
                        .map(place -> Manifest.text(place, field.getKey()))
                        .filter(value -> !value.isEmpty())
                        .findFirst()
                        .orElse("")
                        .equals(field.getValue()))
                .map(field -> field.getKey() + " is not " + field.getValue());
        Stream<String> root = Stream.of(context, inherited)
                .filter(place -> Manifest.text(place, "runAsUser").equals("0"))
                .map(place -> "runs as root");
        return Stream.of(hostPorts, own, either, root).flatMap(faults -> faults);
    }

    private static Stream<String> expected(JsonObject json, Map<String, String> fields) {
        return fields.entrySet().stream()
                .filter(field -> !Manifest.text(json, field.getKey()).equals(field.getValue()))
                .map(field -> field.getKey() + " is \"" + Manifest.text(json, field.getKey()) + "\", not \""
                        + field.getValue() + "\"");
    }
}
