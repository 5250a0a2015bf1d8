package imagefunctions.localgateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
final class SystemApiTest {
    @Test
    void everyFunctionIsListedAsOpenFaasLists() throws Exception {
        JsonNode list = json("GET", "/system/functions");

        assertThat(list.findValuesAsText("name")).contains("bw", "draft", "thumbnail", "transpose");
        assertThat(list.get(0).path("image").asText()).startsWith("image-functions/");
        assertThat(list.get(0).path("namespace").asText()).isEqualTo("openfaas-fn");
        assertThat(list.get(0).path("replicas").asInt()).isEqualTo(1);
        assertThat(list.get(0).path("availableReplicas").asInt()).isEqualTo(1);
        assertThat(list.get(0).path("createdAt").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
    }

    @Test
    void theInvocationCountCounts() throws Exception {
        double before =
                json("GET", "/system/function/bw").path("invocationCount").asDouble();

        Http.send("GET", "/function/bw");

        assertThat(json("GET", "/system/function/bw").path("invocationCount").asDouble())
                .isEqualTo(before + 1);
    }

    @Test
    void infoNamesTheProviderAndTheMachine() throws Exception {
        JsonNode info = json("GET", "/system/info");

        assertThat(info.path("provider").path("orchestration").asText()).isEqualTo("local");
        assertThat(info.path("version").path("release").asText()).isNotEmpty();
        assertThat(info.path("arch").asText()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "GET,    /healthz,                 200",
        "GET,    /metrics,                 200",
        "GET,    /system/namespaces,       200",
        "GET,    /system/function/nosuch,  404",
        "GET,    /system/function/bw.openfaas-fn, 200",
        "GET,    /system/logs,             400",
        "POST,   /system/logs,             405",
        "POST,   /system/info,             405",
        "GET,    /,                        302",
        "GET,    /ui/,                     200",
        "GET,    /nothing,                 404",
        "HEAD,   /healthz,                 200",
        "HEAD,   /system/info,             200",
        "HEAD,   /system/namespaces,       200",
        "HEAD,   /system/functions,        200",
        "HEAD,   /system/function/bw,      200",
        "HEAD,   /system/function/nosuch,  404",
        "POST,   /function/nosuch,         404",
        "POST,   /function,                404",
        "GET,    /function?object=a/b,     404",
        "POST,   /async-function,          404",
        "DELETE, /system/functions,        405",
        "PUT,    /system/functions,        405"
    })
    void everyRouteAnswersWithItsStatus(String method, String path, int status) throws Exception {
        HttpResponse<String> response = Http.send(method, path);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Allow").orElse("").split(", "))
                .as("a 405 does not allow what it refuses")
                .doesNotContain(method);
    }

    private static JsonNode json(String method, String path) throws Exception {
        HttpResponse<String> response = Http.send(method, path);
        assertThat(response.statusCode()).isEqualTo(200);
        return new ObjectMapper().readTree(response.body());
    }
}
