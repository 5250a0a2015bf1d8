package imagefunctions.localgateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ./run up} with certificates, by the commands of docs/operating.md. */
final class HttpsIT {
    @AutoClose
    private final Checkout checkout;

    HttpsIT(@TempDir Path folder) throws IOException {
        checkout = new Checkout(folder, Map.of("IMAGE_FUNCTIONS_BUCKETS", "false"));
    }

    private static List<String> recipes() throws IOException {
        return DocsPage.OPERATING.blocks("HTTPS", "");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void bothServicesSpeakHttpsBesideHttp(int certificate) throws Exception {
        checkout.up(recipes().get(certificate));
        assertThat(checkout.log())
                .contains("image-functions is up: https://127.0.0.1:" + checkout.gatewayTls
                        + "; callbacks arrive at https://127.0.0.1:" + checkout.receiverTls)
                .contains("curl https://127.0.0.1:" + checkout.gatewayTls + "/function/thumbnail")
                .contains("X-Callback-Url: http://127.0.0.1:" + checkout.receiver + "/messages/draft.jpg");
        assertThat(checkout.run(recipes().get(2))).contains("\"messages\":[]");
        assertThat(Files.size(checkout.folder.resolve("draft.jpg"))).isGreaterThan(1000);
        assertThat(Curl.of("-k", "https://127.0.0.1:" + checkout.gatewayTls + "/function/draft")
                        .output())
                .contains("curl --data-binary @photo.jpg https://127.0.0.1:" + checkout.gatewayTls + "/function/draft");
        assertThat(Curl.of("https://127.0.0.1:" + checkout.gatewayTls + "/healthz")
                        .output())
                .as("whoever does not trust the certificate is not served")
                .contains("certificate");
    }

    @Test
    void withoutPlainHttpTheGatewayCallsItselfOverHttps() throws Exception {
        checkout.up(recipes().getFirst().replace("./run up", "") + recipes().get(3));
        assertThat(Curl.of("http://127.0.0.1:" + checkout.gateway + "/healthz").exit())
                .isNotZero();
        assertThat(Curl.of(
                                "-k",
                                "--data-binary",
                                "@" + Checkout.ROOT + "/samples/seeding.jpg",
                                "-o",
                                checkout.folder.resolve("chained.jpg").toString(),
                                "-w",
                                "%{http_code}",
                                "https://localhost:" + checkout.gatewayTls + "/function/chaining")
                        .output())
                .isEqualTo("200");
        Curl.of(
                "-k",
                "--data-binary",
                "@" + Checkout.ROOT + "/samples/seeding.jpg",
                "-H",
                "X-Call-Id: chained",
                "https://localhost:" + checkout.gatewayTls + "/async-function/chaining");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> Curl.of("-k", "https://localhost:" + checkout.gatewayTls + "/system/async/chained")
                        .output()
                        .contains("\"state\":\"delivered\""));
    }
}
