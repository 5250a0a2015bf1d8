package imagefunctions.localgateway.rules;

import imagefunctions.functions.chaining.WorkflowTexts;
import imagefunctions.functions.processimages.rules.KnownTargets;
import imagefunctions.functions.processimages.rules.Target;
import imagefunctions.gatewayclient.Gateways;
import imagefunctions.gateways.GatewaySettings;
import imagefunctions.localgateway.backends.Backends;
import imagefunctions.runtime.funqy.Functions;
import imagefunctions.runtime.http.OwnAddress;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** The functions and workflows of this process, and those that settings name; what other gateways have, it cannot know. */
@Singleton
final class KnownFunctions implements KnownTargets {
    private static final Logger LOG = Logger.getLogger("imagefunctions");

    private final Functions functions;
    private final Backends backends;
    private final WorkflowTexts workflows;
    private final boolean alone;

    KnownFunctions(
            Functions functions,
            Backends backends,
            WorkflowTexts workflows,
            GatewaySettings gateways,
            OwnAddress address,
            @ConfigProperty(name = "quarkus.http.port") int port,
            @ConfigProperty(name = "quarkus.http.ssl-port") int sslPort) {
        this.functions = functions;
        this.backends = backends;
        this.workflows = workflows;
        Set<URI> own = Set.of(
                URI.create("http://" + address.reachable() + ":" + port),
                URI.create("https://" + address.reachable() + ":" + sslPort));
        this.alone = backends.gateways().isEmpty()
                && gateways.gateways()
                        .get()
                        .map(Gateways::addresses)
                        .filter(own::containsAll)
                        .isPresent();
    }

    @Override
    public void check(Target target) {
        String function = target.function();
        boolean isHere =
                functions.names().contains(function) && backends.of(function).isEmpty();
        if (!isHere && !backends.named().containsKey(function)) {
            Set<String> known = new TreeSet<>(functions.names());
            known.addAll(backends.named().keySet());
            missing(target, "function", function, known);
        }
        Object workflow = target.parameters().get(Target.WORKFLOW);
        if (isHere
                && function.equals(Target.CHAINING)
                && workflow != null
                && !workflows.names().contains(workflow)) {
            missing(target, "workflow", workflow, workflows.names());
        }
    }

    private void missing(Target target, String kind, Object name, Collection<String> known) {
        if (alone) {
            throw new IllegalArgumentException(
                    "there is no " + kind + " " + name + "; there are: " + String.join(", ", known));
        }
        LOG.warnf(
                "A rule calls %s, and no %s %s is known here: where the gateways that are called have none either"
                        + " (IMAGE_FUNCTIONS_BACKENDS, gateway_url), its calls fail.",
                target, kind, name);
    }
}
