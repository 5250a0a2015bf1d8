package imagefunctions.embeddeds3;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A request with AWS' signature, version 4, of a path just as it is: clients resolve its dots, or refuse to sign it. */
final class SignedRequest {
    private static final String SIGNED_HEADERS = "host;x-amz-content-sha256;x-amz-date";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'");

    private SignedRequest() {}

    /** Sends it; the path has only characters that need no escape. */
    static HttpResponse<String> send(
            String method, URI endpoint, String path, String accessKey, String secretKey, String content)
            throws Exception {
        String time = TIME.format(ZonedDateTime.now(ZoneOffset.UTC));
        String day = time.substring(0, 8);
        String scope = day + "/us-east-1/s3/aws4_request";
        String canonical = method + "\n" + path + "\n\nhost:" + endpoint.getAuthority()
                + "\nx-amz-content-sha256:UNSIGNED-PAYLOAD\nx-amz-date:" + time + "\n\n"
                + SIGNED_HEADERS + "\nUNSIGNED-PAYLOAD";
        String toSign = "AWS4-HMAC-SHA256\n" + time + "\n" + scope + "\n" + sha256(canonical);
        byte[] key = ("AWS4" + secretKey).getBytes(StandardCharsets.UTF_8);
        for (String part : new String[] {day, "us-east-1", "s3", "aws4_request"}) {
            key = hmac(key, part);
        }
        HttpRequest request = HttpRequest.newBuilder(URI.create(endpoint + path))
                .method(method, BodyPublishers.ofString(content))
                .header("x-amz-content-sha256", "UNSIGNED-PAYLOAD")
                .header("x-amz-date", time)
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=" + accessKey + "/" + scope + ", SignedHeaders=" + SIGNED_HEADERS
                                + ", Signature=" + HexFormat.of().formatHex(hmac(key, toSign)))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.ofString());
        }
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static byte[] hmac(byte[] key, String text) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }
}
