package imagefunctions.runtime;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Texts as URLs, and headers that anything may be in, have them: percent-encoded UTF-8, blanks too. */
public final class PercentEncoding {
    private PercentEncoding() {}

    public static String of(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
