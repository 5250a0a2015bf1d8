package imagefunctions.localgateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LocalGatewayProcessIT {

    @Test
    void onSigtermCallsInFlightFinishAndNewOnesAreRefused(@TempDir Path folder) throws Exception {
        byte[] photo = Files.readAllBytes(Path.of("../../samples/seeding.jpg"));
        try (LocalGatewayProcess gateway =
                        LocalGatewayProcess.start(Map.of("IMAGE_FUNCTIONS_S3_FOLDER", folder.toString()));
                Socket caller = post(gateway.at("/function/thumbnail"), photo.length)) {
            int half = photo.length / 2;
            caller.getOutputStream().write(photo, 0, half);
            caller.getOutputStream().flush();
            await().until(() -> get(gateway.at("/_/ready")).startsWith("HTTP/1.1 200"));

            gateway.terminate();
            await().until(() -> get(gateway.at("/function/thumbnail")).startsWith("HTTP/1.1 503"));
            caller.getOutputStream().write(photo, half, photo.length - half);

            assertThat(head(caller.getInputStream())).startsWith("HTTP/1.1 200");
            assertThat(gateway.status()).isEqualTo(143);
            assertThat(gateway.log()).contains("POST thumbnail 200");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "IMAGE_FUNCTIONS_MAX_WAITING, 0,     IMAGE_FUNCTIONS_MAX_WAITING is 0",
        "IMAGE_FUNCTIONS_MAX_BODY,    much,  image-functions.max-body",
        "IMAGE_FUNCTIONS_MAX_PIXELS,  -1,    IMAGE_FUNCTIONS_MAX_PIXELS is -1",
        "IMAGE_FUNCTIONS_MOUNT,       moon,  image-functions.mount",
        "exec_timeout,                soon,  exec_timeout",
        "gateway_url,                 moon,  gateway_url is \"moon\": write an address",
        "gateway_url,                 'http://a:1,', gateway_url is \"http://a:1,\": write an address",
        "IMAGE_FUNCTIONS_GATEWAY_CHOICE, moon, image-functions.gateway-choice",
        "secret_mount_path,           src/test/half-secrets, basic-auth-password",
        "IMAGE_FUNCTIONS_WORKFLOWS,   moon,  IMAGE_FUNCTIONS_WORKFLOWS is moon",
        "IMAGE_FUNCTIONS_WORKFLOWS,   src/test/broken-workflows, photos.yml:4: a step has no key",
        "IMAGE_FUNCTIONS_SPOOL_MAX_BYTES,      1K,        IMAGE_FUNCTIONS_SPOOL_MAX_BYTES is 1024",
        "IMAGE_FUNCTIONS_SPOOL_MAX_CALLS,      0,         IMAGE_FUNCTIONS_SPOOL_MAX_CALLS is 0",
        "IMAGE_FUNCTIONS_SPOOL_FOLDER,         /dev/null, IMAGE_FUNCTIONS_SPOOL_FOLDER",
        "IMAGE_FUNCTIONS_CALLBACK_ATTEMPTS,    65,        IMAGE_FUNCTIONS_CALLBACK_ATTEMPTS",
        "IMAGE_FUNCTIONS_ASYNC_FIRST_WAIT,     1h,        IMAGE_FUNCTIONS_ASYNC_ATTEMPTS",
        "IMAGE_FUNCTIONS_CALLBACK_ALLOW,       10.0.0.0/40, IMAGE_FUNCTIONS_CALLBACK_ALLOW"
    })
    void aSettingThatIsNotAllowedStopsTheStartAndIsNamed(String variable, String value, String named) throws Exception {
        try (LocalGatewayProcess gateway = LocalGatewayProcess.launch(Map.of(variable, value))) {
            assertThat(gateway.status()).isEqualTo(1);
            assertThat(gateway.log()).contains(named);
        }
    }

    private static Socket post(URI uri, int length) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), uri.getPort());
        socket.setSoTimeout(30_000);
        socket.getOutputStream()
                .write(("POST " + uri.getPath() + " HTTP/1.1\r\nHost: " + uri.getAuthority() + "\r\nContent-Length: "
                                + length + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static String get(URI uri) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), uri.getPort())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream()
                    .write(("GET " + uri.getPath() + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return head(socket.getInputStream());
        }
    }

    private static String head(InputStream in) throws IOException {
        byte[] buffer = new byte[1024];
        int read = Math.max(0, in.read(buffer));
        return new String(Arrays.copyOf(buffer, read), StandardCharsets.ISO_8859_1);
    }
}
