package imagefunctions.functions.processimages;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import imagefunctions.functions.processimages.rules.Target;
import imagefunctions.gatewayclient.CallOutcome;
import imagefunctions.gatewayclient.FunctionRequest;
import imagefunctions.gatewayclient.GatewayClient;
import imagefunctions.gatewayclient.Gateways;
import imagefunctions.reasons.Reason;
import imagefunctions.runtime.Problem;
import imagefunctions.storage.ObjectInfo;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Sends objects through functions at the gateways; bodies are streamed. */
@Singleton
@Startup
final class FunctionClient {
    private static final Logger LOG = Logger.getLogger("imagefunctions.functions.processimages");
    private static final String NO_GATEWAY =
            "No gateway is configured: set gateway_url, for example to http://gateway:8080.";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PROBLEM_BYTES = 64 << 10;

    private final ProcessSettings settings;
    private final GatewayClient client;

    FunctionClient(ProcessSettings settings) {
        this.settings = settings;
        this.client = settings.gateways().client();
        if (settings.gateways().gateways().get().isEmpty()) {
            LOG.warn(NO_GATEWAY);
        }
    }

    /** Calls the function with the object's content and writes the result to the file. */
    FunctionAnswer call(Target target, Source source, Caller caller, Path result)
            throws IOException, InterruptedException {
        Map<String, String> headers = new LinkedHashMap<>(caller.headers());
        headers.put("Content-Type", source.info().contentType());
        // A workflow that does not read a parameter is not the one that was meant.
        headers.put("Prefer", "handling=strict");
        // One durable run of a workflow for each picture, whichever call goes on with it.
        headers.put("X-Workflow-Run", "processimages");
        headers.put("X-Workflow-Step", content(target, source.info()));
        FunctionRequest request =
                FunctionRequest.toFunction(target.function(), target.query(), "POST", headers, source.body());
        Gateways gateways = gateways();
        try {
            return switch (client.call(gateways, request, into(result), settings.functionTimeout())) {
                case CallOutcome.Answered<Path>(String gateway, HttpResponse<Path> response) ->
                    answer(target, gateway, response, Files.size(result));
                case CallOutcome.Broken<Path>(var _, var _, Throwable failure) ->
                    new FunctionAnswer.Failure(target + " did not answer: " + Reason.of(failure) + ".", true);
                case CallOutcome.TimedOut<Path> t ->
                    new FunctionAnswer.Failure(
                            target + " did not answer within "
                                    + settings.functionTimeout().toMillis() + " ms.",
                            true);
            };
        } catch (IllegalArgumentException e) {
            return new FunctionAnswer.Failure(
                    "No request can be made of it (" + e.getMessage() + "): store it with another Content-Type.",
                    false);
        }
    }

    /** The same for the same content under the same name, if the same is to be done with it. */
    private static String content(Target target, ObjectInfo picture) {
        String content = picture.name() + " " + picture.etag() + " " + target;
        return UUID.nameUUIDFromBytes(content.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private Gateways gateways() {
        return settings.gateways().gateways().get().orElseThrow(() -> new Problem.Unavailable(NO_GATEWAY)
                .asException());
    }

    /** The answer of a second gateway replaces that of the first. */
    private BodyHandler<Path> into(Path result) {
        return BodyHandlers.limiting(
                BodyHandlers.ofFile(result, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING),
                settings.maxBytes());
    }

    private static FunctionAnswer answer(Target target, String gateway, HttpResponse<Path> response, long bytes)
            throws IOException {
        int status = response.statusCode();
        if (status == 200 && bytes > 0) {
            String type = response.headers().firstValue("Content-Type").orElse("application/octet-stream");
            return new FunctionAnswer.Picture(type, bytes, gateway);
        }
        if (status / 100 == 2) {
            return new FunctionAnswer.Failure(target + " answered without a picture.", false);
        }
        JsonNode problem = problem(response.body());
        String detail = problem.path("detail").asText();
        // Of a workflow, the step that failed says whether it would again.
        int decisive = problem.path("stepStatus").asInt(status);
        return new FunctionAnswer.Failure(
                target + " answered " + status + (detail.isEmpty() ? "." : ": " + detail),
                !FunctionAnswer.PERMANENT.contains(decisive));
    }

    /** The problem+json, if the function returned one. */
    private static JsonNode problem(Path body) throws IOException {
        try (InputStream in = Files.newInputStream(body)) {
            return JSON.readTree(in.readNBytes(PROBLEM_BYTES));
        } catch (JsonProcessingException noJson) {
            return MissingNode.getInstance();
        }
    }

    @PreDestroy
    void stop() {
        client.close();
    }
}
