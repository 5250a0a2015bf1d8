package imagefunctions.runtime;

import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.regex.Pattern;

/** The path under which a proxy in front shows this process, as it says in {@code X-Forwarded-Prefix}. */
public final class ForwardedPrefix {
    private static final String HEADER = "X-Forwarded-Prefix";
    private static final int LONGEST = 200;
    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+");

    private ForwardedPrefix() {}

    /** What this caller's links begin with. */
    public static String of(HttpServerRequest request) {
        return of(Optional.ofNullable(request.getHeader(HEADER)));
    }

    /** What a function's caller's links begin with. */
    static String of(Call call) {
        return of(call.header(HEADER));
    }

    /** Empty without the header, and for one that is no plain path. */
    private static String of(Optional<String> header) {
        return header.filter(path -> path.length() <= LONGEST)
                .map(path -> path.replaceFirst("/$", ""))
                .filter(path -> PATH.matcher(path).matches())
                .orElse("");
    }
}
