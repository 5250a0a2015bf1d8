package imagefunctions.deploy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What manifests that are deployed together name in each other: selectors, ports, volumes, targets, backends. */
record References(List<Manifest> all) {
    private static final List<String> PROBES = List.of("startupProbe", "readinessProbe", "livenessProbe");

    Stream<String> faults() {
        Set<String> names = new HashSet<>();
        return all.stream().flatMap(manifest -> Stream.concat(
                        names.add(manifest.json().get("apiVersion") + manifest.toString())
                                ? Stream.empty()
                                : Stream.of("is there twice"),
                        faults(manifest))
                .map(fault -> manifest + " " + fault));
    }

    private Stream<String> faults(Manifest manifest) {
        JsonObject json = manifest.json();
        Stream<String> own =
                switch (manifest.kind()) {
                    case "Deployment" -> deploymentFaults(manifest);
                    case "Service" -> serviceFaults(json);
                    case "HorizontalPodAutoscaler" -> scalerFaults(json);
                    case "PodDisruptionBudget" -> budgetFaults(manifest);
                    case "Ingress" -> ingressFaults(json);
                    case "NetworkPolicy" -> policyFaults(json);
                    default -> Stream.empty();
                };
        return Stream.of(own, probeFaults(manifest), volumeFaults(manifest)).flatMap(faults -> faults);
    }

    private Stream<String> deploymentFaults(Manifest deployment) {
        Map<String, String> selector = Manifest.labels(deployment.json(), "spec.selector.matchLabels");
        boolean scaled = all.stream()
                .anyMatch(other -> other.kind().equals("HorizontalPodAutoscaler")
                        && Manifest.text(other.json(), "spec.scaleTargetRef.name")
                                .equals(deployment.name()));
        return Stream.of(
                        fault(!matches(selector, deployment), "does not select its own pods: " + selector),
                        fault(
                                scaled
                                        && !Manifest.text(deployment.json(), "spec.replicas")
                                                .isEmpty(),
                                "says how many it is, and so does its autoscaler"),
                        fault(
                                deployment.containers().anyMatch(container -> !container.has("readinessProbe")),
                                "has no readiness probe"))
                .flatMap(faults -> faults);
    }

    private Stream<String> serviceFaults(JsonObject service) {
        Map<String, String> selector = Manifest.labels(service, "spec.selector");
        // Knative's select their own pods.
        if (Manifest.at(service, "spec.template").isPresent()) {
            return Stream.empty();
        }
        return Manifest.items(service, "spec.ports")
                .map(port -> Manifest.text(port, "targetPort"))
                .filter(port -> pods(selector).noneMatch(pods -> pods.listensOn(port)))
                .map(port -> "leads to port " + port + " of " + selector + ", where nothing listens");
    }

    private Stream<String> scalerFaults(JsonObject scaler) {
        String kind = Manifest.text(scaler, "spec.scaleTargetRef.kind");
        String name = Manifest.text(scaler, "spec.scaleTargetRef.name");
        return Stream.of(
                        fault(!exists(kind, name), "scales " + kind + " " + name + ", which is not there"),
                        fault(
                                Integer.parseInt(Manifest.text(scaler, "spec.minReplicas"))
                                        > Integer.parseInt(Manifest.text(scaler, "spec.maxReplicas")),
                                "has a minimum above its maximum"))
                .flatMap(faults -> faults);
    }

    /** With one pod alone, a budget either forbids to drain its node or has no effect. */
    private Stream<String> budgetFaults(Manifest budget) {
        Map<String, String> selector = Manifest.labels(budget.json(), "spec.selector.matchLabels");
        return Stream.of(
                        fault(pods(selector).findAny().isEmpty(), "selects nothing: " + selector),
                        fault(
                                all.stream()
                                        .filter(other -> other.kind().equals("HorizontalPodAutoscaler")
                                                && pods(selector).anyMatch(pods -> pods.name()
                                                        .equals(Manifest.text(
                                                                other.json(), "spec.scaleTargetRef.name"))))
                                        .noneMatch(other ->
                                                Integer.parseInt(Manifest.text(other.json(), "spec.minReplicas")) > 1),
                                "is for a single pod"))
                .flatMap(faults -> faults);
    }

    private Stream<String> ingressFaults(JsonObject ingress) {
        return Manifest.items(ingress, "spec.rules")
                .flatMap(rule -> Manifest.items(rule, "http.paths"))
                .filter(path -> all.stream()
                        .filter(other -> other.kind().equals("Service")
                                && other.name().equals(Manifest.text(path, "backend.service.name")))
                        .flatMap(service -> Manifest.items(service.json(), "spec.ports"))
                        .noneMatch(port ->
                                Manifest.text(port, "port").equals(Manifest.text(path, "backend.service.port.number"))))
                .map(path -> "leads to a service that is not there: " + path);
    }

    private Stream<String> policyFaults(JsonObject policy) {
        Map<String, String> selector = Manifest.labels(policy, "spec.podSelector.matchLabels");
        Stream<String> unmatched = fault(pods(selector).findAny().isEmpty(), "selects nothing: " + selector);
        Stream<String> unknown = Manifest.items(policy, "spec.podSelector.matchExpressions")
                .filter(expression -> expression.has("values"))
                .flatMap(expression -> expression.getAsJsonArray("values").asList().stream()
                        .map(JsonElement::getAsString)
                        .filter(value -> pods(Map.of(Manifest.text(expression, "key"), value))
                                .findAny()
                                .isEmpty())
                        .map(value -> "names " + value + ", which is not there"));
        return Stream.concat(unmatched, unknown);
    }

    private static Stream<String> probeFaults(Manifest manifest) {
        return manifest.containers().flatMap(container -> PROBES.stream()
                .filter(container::has)
                // A number, since podman reads 0 of a name.
                .filter(probe -> Manifest.items(container, "ports")
                        .noneMatch(port -> Manifest.text(port, "containerPort")
                                .equals(Manifest.text(container, probe + ".httpGet.port"))))
                .map(probe -> "has a " + probe + " of a port that is not the container's"));
    }

    private Stream<String> volumeFaults(Manifest manifest) {
        return manifest.pods().stream().flatMap(pods -> {
            JsonObject pod = pods.getAsJsonObject("spec");
            Set<String> volumes = new HashSet<>();
            Manifest.items(pod, "volumes").forEach(volume -> volumes.add(Manifest.text(volume, "name")));
            Stream<String> mounts = Manifest.items(pod, "containers")
                    .flatMap(container -> Manifest.items(container, "volumeMounts"))
                    .map(mount -> Manifest.text(mount, "name"))
                    .filter(name -> !volumes.contains(name))
                    .map(name -> "mounts " + name + ", which is no volume");
            Stream<String> claims = Manifest.items(pod, "volumes")
                    .flatMap(volume -> Stream.of(
                            missing("PersistentVolumeClaim", Manifest.text(volume, "persistentVolumeClaim.claimName")),
                            missing("Secret", Manifest.text(volume, "secret.secretName"))))
                    .flatMap(faults -> faults);
            Stream<String> environment = Manifest.items(pod, "containers")
                    .flatMap(container -> Manifest.items(container, "envFrom"))
                    .flatMap(source -> missing("ConfigMap", Manifest.text(source, "configMapRef.name")));
            return Stream.of(mounts, claims, environment).flatMap(faults -> faults);
        });
    }

    private Stream<String> missing(String kind, String name) {
        return fault(!name.isEmpty() && !exists(kind, name), "needs " + kind + " " + name + ", which is not there");
    }

    private boolean exists(String kind, String name) {
        return all.stream()
                .anyMatch(other -> other.kind().equals(kind) && other.name().equals(name));
    }

    private Stream<Manifest> pods(Map<String, String> selector) {
        return all.stream().filter(other -> !other.podLabels().isEmpty() && matches(selector, other));
    }

    private static boolean matches(Map<String, String> selector, Manifest manifest) {
        return manifest.podLabels().entrySet().containsAll(selector.entrySet());
    }

    private static Stream<String> fault(boolean there, String words) {
        return there ? Stream.of(words) : Stream.empty();
    }
}
