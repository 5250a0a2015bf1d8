package imagefunctions.functions.processimages;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import imagefunctions.runtime.Problem;
import imagefunctions.storage.ObjectInfo;
import imagefunctions.storage.StoredObject;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Sends objects through functions at the gateway; bodies pass through, none is held. */
@Singleton
final class FunctionClient {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PROBLEM_BYTES = 4096;

    private final ProcessSettings settings;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    FunctionClient(ProcessSettings settings) {
        this.settings = settings;
    }

    /** Calls the function with the object's content and keeps a result in the file. */
    FunctionAnswer call(Target target, StoredObject source, String callId, Path result) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address(target))
                .timeout(settings.time())
                .header("Content-Type", source.info().contentType())
                .header("X-Call-Id", callId)
                .POST(body(source.info(), source.content()))
                .build();
        try {
            HttpResponse<Path> response =
                    http.send(request, BodyHandlers.limiting(BodyHandlers.ofFile(result), settings.maxBytes()));
            return answer(target, response, Files.size(result));
        } catch (IOException e) {
            return new FunctionAnswer.Refusal(target + " did not answer: " + e, true);
        }
    }

    private URI address(Target target) {
        String gateway = settings.gateway().get().orElseThrow(() -> new Problem.Unavailable(
                        "It is not known where the functions are: set gateway_url, as http://gateway:8080.")
                .asException());
        return URI.create((gateway.endsWith("/") ? gateway : gateway + "/") + "function/" + target);
    }

    private static BodyPublisher body(ObjectInfo info, InputStream content) {
        return info.size() == 0
                ? BodyPublishers.noBody()
                : BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(() -> content), info.size());
    }

    private static FunctionAnswer answer(Target target, HttpResponse<Path> response, long bytes) throws IOException {
        int status = response.statusCode();
        if (status == 200 && bytes > 0) {
            String type = response.headers().firstValue("Content-Type").orElse("application/octet-stream");
            return new FunctionAnswer.Picture(type, bytes);
        }
        if (status / 100 == 2) {
            return new FunctionAnswer.Refusal(target + " answered without a picture.", false);
        }
        return new FunctionAnswer.Refusal(
                target + " answered " + status + reason(response.body()), !FunctionAnswer.NEVER.contains(status));
    }

    /** The detail of problem+json, where the function says one. */
    private static String reason(Path body) throws IOException {
        try (InputStream in = Files.newInputStream(body)) {
            String detail =
                    JSON.readTree(in.readNBytes(PROBLEM_BYTES)).path("detail").asText();
            return detail.isEmpty() ? "." : ": " + detail;
        } catch (JsonProcessingException noJson) {
            return ".";
        }
    }

    @PreDestroy
    void stop() {
        http.shutdownNow();
    }
}
