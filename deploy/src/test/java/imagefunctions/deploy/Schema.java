package imagefunctions.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1CronJob;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Ingress;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** What a manifest may contain: Kubernetes' own schemas, and the fields of OpenFaaS' and Knative's custom resources. */
final class Schema {
    private static final Set<String> FUNCTION = Set.of(
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
    /** What Knative adds to a pod's specification. */
    private static final Set<String> REVISION =
            Set.of("containerConcurrency", "timeoutSeconds", "responseStartTimeoutSeconds", "idleTimeoutSeconds");
    /** What Knative takes of a pod's specification without being asked to by a feature flag. */
    private static final Set<String> REVISION_POD = Set.of(
            "containers",
            "volumes",
            "serviceAccountName",
            "imagePullSecrets",
            "enableServiceLinks",
            "automountServiceAccountToken");

    private static final Set<String> KUSTOMIZATION =
            Set.of("apiVersion", "kind", "namespace", "resources", "components", "patches");

    private Schema() {}

    static void check(JsonObject manifest) throws IOException {
        String kind = manifest.get("apiVersion").getAsString() + " "
                + manifest.get("kind").getAsString();
        switch (kind) {
            case "apps/v1 Deployment" -> V1Deployment.validateJsonElement(manifest);
            case "autoscaling/v2 HorizontalPodAutoscaler" -> V2HorizontalPodAutoscaler.validateJsonElement(manifest);
            case "batch/v1 CronJob" -> V1CronJob.validateJsonElement(manifest);
            case "networking.k8s.io/v1 Ingress" -> V1Ingress.validateJsonElement(manifest);
            case "networking.k8s.io/v1 NetworkPolicy" -> V1NetworkPolicy.validateJsonElement(manifest);
            case "policy/v1 PodDisruptionBudget" -> V1PodDisruptionBudget.validateJsonElement(manifest);
            case "v1 ConfigMap" -> V1ConfigMap.validateJsonElement(manifest);
            case "v1 Namespace" -> V1Namespace.validateJsonElement(manifest);
            case "v1 PersistentVolumeClaim" -> V1PersistentVolumeClaim.validateJsonElement(manifest);
            case "v1 Secret" -> V1Secret.validateJsonElement(manifest);
            case "v1 Service" -> V1Service.validateJsonElement(manifest);
            case "openfaas.com/v1 Function" -> checkFunction(manifest);
            case "serving.knative.dev/v1 Service" -> checkKnativeService(manifest);
            case "kustomize.config.k8s.io/v1beta1 Kustomization", "kustomize.config.k8s.io/v1alpha1 Component" ->
                assertThat(manifest.keySet()).isSubsetOf(KUSTOMIZATION);
            default -> throw new AssertionError("no schema for " + kind);
        }
    }

    private static void checkFunction(JsonObject function) {
        JsonObject spec = function.getAsJsonObject("spec");
        assertThat(function.keySet()).isSubsetOf("apiVersion", "kind", "metadata", "spec");
        assertThat(spec.keySet()).contains("name", "image").isSubsetOf(FUNCTION);
        for (String map : List.of("environment", "labels", "annotations")) {
            checkTexts(spec.getAsJsonObject(map));
        }
        for (String resources : List.of("limits", "requests")) {
            assertThat(spec.getAsJsonObject(resources).keySet()).isSubsetOf("cpu", "memory");
        }
    }

    private static void checkKnativeService(JsonObject service) throws IOException {
        JsonObject template = service.getAsJsonObject("spec").getAsJsonObject("template");
        assertThat(service.keySet()).isSubsetOf("apiVersion", "kind", "metadata", "spec");
        assertThat(service.getAsJsonObject("spec").keySet()).isSubsetOf("template", "traffic");
        checkTexts(template.getAsJsonObject("metadata").getAsJsonObject("annotations"));
        JsonObject pod = template.getAsJsonObject("spec").deepCopy();
        REVISION.forEach(pod::remove);
        assertThat(pod.keySet()).isSubsetOf(REVISION_POD);
        V1PodSpec.validateJsonElement(pod);
    }

    private static void checkTexts(JsonObject map) {
        assertThat(map.asMap())
                .allSatisfy((key, value) ->
                        assertThat(value.getAsJsonPrimitive().isString()).isTrue());
    }
}
