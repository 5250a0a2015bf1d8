package imagefunctions.localgateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the local gateway says to functions of the requests that it forwards. */
@QuarkusTest
final class ForwardedHeadersTest {
    private static final byte[] BODY = {1};

    @Test
    void anAsynchronousCallGetsTheHeadersOfASynchronousOne() throws Exception {
        Map<String, List<String>> direct =
                headers(Http.post("/function/headers", BODY, "X-Other", "kept").body());
        Instant before = Instant.now();
        Map<String, List<String>> later = asynchronously("X-Other", "kept");

        assertThat(later.keySet()).containsAll(direct.keySet());
        assertThat(later.get("X-Other")).containsExactly("kept");
        assertThat(later.get("X-Forwarded-Host"))
                .isEqualTo(direct.get("X-Forwarded-Host"))
                .containsExactly(Http.at("/").getAuthority());
        assertThat(later.get("X-Forwarded-For")).singleElement().asString().matches("127\\.0\\.0\\.1:\\d+");
        assertThat(later.get("X-Start-Time")).singleElement().satisfies(nanos -> assertThat(
                        Instant.ofEpochSecond(0, Long.parseLong(nanos)))
                .isBetween(before, Instant.now()));
    }

    @Test
    void whatAProxyBeforeTheGatewaySaidIsKept() throws Exception {
        Map<String, List<String>> later = asynchronously(
                "X-Forwarded-For", "192.0.2.1", "X-Forwarded-Host", "photos.example", "X-Start-Time", "1");

        assertThat(later.get("X-Forwarded-For")).containsExactly("192.0.2.1");
        assertThat(later.get("X-Forwarded-Host")).containsExactly("photos.example");
        assertThat(later.get("X-Start-Time")).singleElement().isNotEqualTo("1");
    }

    /** What the function says of a call that is called back. */
    private static Map<String, List<String>> asynchronously(String... headers) throws Exception {
        try (CallbackServer receiver = CallbackServer.start()) {
            String id = UUID.randomUUID().toString();
            String[] all = new String[headers.length + 4];
            System.arraycopy(headers, 0, all, 4, headers.length);
            all[0] = "X-Call-Id";
            all[1] = id;
            all[2] = "X-Callback-Url";
            all[3] = receiver.url("/200");
            assertThat(Http.post("/async-function/headers", BODY, all).statusCode())
                    .isEqualTo(202);
            await().until(() -> !receiver.of(id).isEmpty());
            Map<String, List<String>> seen =
                    headers(receiver.of(id).getFirst().body().getBytes(UTF_8));
            assertThat(seen.get("X-Call-Id")).containsExactly(id);
            return seen;
        }
    }

    private static Map<String, List<String>> headers(byte[] json) throws Exception {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(new ObjectMapper().readValue(json, new TypeReference<Map<String, List<String>>>() {}));
        return headers;
    }
}
