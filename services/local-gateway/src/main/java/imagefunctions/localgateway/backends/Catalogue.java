package imagefunctions.localgateway.backends;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import imagefunctions.gatewayclient.CallOutcome;
import imagefunctions.gatewayclient.FunctionRequest;
import imagefunctions.gatewayclient.GatewayClient;
import imagefunctions.gatewayclient.GatewayPool;
import imagefunctions.gatewayclient.Gateways;
import imagefunctions.gateways.GatewaySettings;
import imagefunctions.reasons.Reason;
import imagefunctions.runtime.Problem;
import imagefunctions.runtime.funqy.CallMetrics;
import imagefunctions.runtime.funqy.Functions;
import imagefunctions.traces.Traces;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Every function that can be called here, wherever it runs. */
@Singleton
public final class Catalogue {
    public static final String NAMESPACE = "openfaas-fn";

    private static final Logger LOG = Logger.getLogger("imagefunctions");
    private static final String LIST = "/system/functions";
    private static final Duration LIST_TIME = Duration.ofSeconds(3);
    private static final int LIST_BYTES = 4 << 20;

    private final Functions functions;
    private final Backends backends;
    private final GatewayPool pool;
    private final GatewayClient client;
    private final CallMetrics metrics;
    private final ObjectMapper json;
    private final String release;
    private final Instant started = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    Catalogue(
            Functions functions,
            Backends backends,
            GatewayPool pool,
            GatewaySettings gateways,
            CallMetrics metrics,
            ObjectMapper json,
            @ConfigProperty(name = "quarkus.application.version") String release) {
        this.functions = functions;
        this.backends = backends;
        this.pool = pool;
        this.client = new GatewayClient(pool, gateways.credentials(), Traces.NONE);
        this.metrics = metrics;
        this.json = json;
        this.release = release;
    }

    /** Why no call of this function is taken, if so; what gateways have, they say when they are called. */
    public Optional<Problem> refusal(String function) {
        return backends.of(function).isPresent() || functions.names().contains(function)
                ? Optional.empty()
                : Optional.of(new Problem.UnknownFunction(function, names()));
    }

    /** The names that are known without asking anybody. */
    public Set<String> names() {
        Set<String> names = new TreeSet<>(backends.named().keySet());
        functions.names().stream().filter(name -> backends.of(name).isEmpty()).forEach(names::add);
        return names;
    }

    /** All of them as OpenFaaS lists functions, by name; those of gateways in the gateways' words. Waits for the gateways. */
    public Collection<JsonNode> all() throws InterruptedException {
        Map<String, JsonNode> all = new TreeMap<>(ofGateways());
        names().forEach(name -> all.put(name, status(name)));
        return all.values();
    }

    /** One of them, as OpenFaaS describes it. Waits for the gateways only where nobody else knows it. */
    public Optional<JsonNode> one(String name) throws InterruptedException {
        if (names().contains(name)) {
            return Optional.of(status(name));
        }
        return backends.of(name).isPresent() ? Optional.ofNullable(ofGateways().get(name)) : Optional.empty();
    }

    private JsonNode status(String name) {
        Optional<Gateways> elsewhere = Optional.ofNullable(backends.named().get(name));
        return json.valueToTree(new FunctionStatus(
                name,
                elsewhere.isPresent() ? "" : "image-functions/" + name + ":" + release,
                NAMESPACE,
                metrics.calls(name),
                elsewhere.map(some -> some.addresses().size()).orElse(1),
                elsewhere.map(pool::available).orElse(1),
                started));
    }

    /** What the gateways list and are called for, by name. */
    private Map<String, JsonNode> ofGateways() throws InterruptedException {
        Map<String, JsonNode> listed = new HashMap<>();
        if (backends.gateways().isPresent()) {
            for (JsonNode function : listed(backends.gateways().get())) {
                String name = function.path("name").asText();
                if (backends.of(name).isPresent()) {
                    listed.putIfAbsent(name, function);
                }
            }
        }
        return listed;
    }

    private JsonNode listed(Gateways gateways) throws InterruptedException {
        FunctionRequest request = new FunctionRequest(LIST, "", "GET", Map.of(), BodyPublishers.noBody());
        CallOutcome<byte[]> outcome = client.call(
                gateways, request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LIST_BYTES), LIST_TIME);
        try {
            return json.readTree(body(outcome));
        } catch (IOException e) {
            LOG.warnf("The functions of %s are not in the list: %s", outcome.gateway(), Reason.of(e));
            return json.createArrayNode();
        }
    }

    private static byte[] body(CallOutcome<byte[]> outcome) throws IOException {
        return switch (outcome) {
            case CallOutcome.Answered<byte[]> answered
            when answered.response().statusCode() == 200 -> answered.response().body();
            case CallOutcome.Answered<byte[]> answered ->
                throw new IOException(LIST + " answers " + answered.response().statusCode());
            case CallOutcome.Broken<byte[]> broken -> throw new IOException(Reason.of(broken.failure()));
            case CallOutcome.TimedOut<byte[]> t ->
                throw new IOException(LIST + " does not answer within " + LIST_TIME.toSeconds() + " s");
        };
    }

    @PreDestroy
    void close() {
        client.close();
    }
}
