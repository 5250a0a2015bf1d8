package imagefunctions.receiver;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The X-Signature-256 of a callback: HMAC-SHA256 over call id, line feed, status, line feed and body. */
final class Signature {
    static final String HEADER = "X-Signature-256";
    private static final String ALGORITHM = "HmacSHA256";

    private final Mac mac;

    Signature(String secret, String callId, String status) {
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
        mac.update((callId + "\n" + status + "\n").getBytes(StandardCharsets.UTF_8));
    }

    void update(byte[] body) {
        mac.update(body);
    }

    /** Whether the header's value is right, compared in constant time. To be called once, at the end. */
    boolean matches(String header) {
        String expected = "sha256=" + HexFormat.of().formatHex(mac.doFinal());
        return MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.US_ASCII), header.getBytes(StandardCharsets.US_ASCII));
    }
}
