package imagefunctions.asynccalls;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An asynchronous call, without its body.
 *
 * @param id the X-Call-Id: 1 to 128 of letters, digits and {@code . _ : -}
 * @param path what follows the function's name, as sent: empty, or starting with a slash
 * @param query what follows the question mark, as sent: may be empty
 * @param headers as sent, in their order
 */
public record Call(String id, String function, String path, String query, List<Header> headers, Instant accepted)
        implements QueueEntry {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

    public Call {
        if (!isId(id)) {
            throw new IllegalArgumentException("a call id is 1 to 128 of letters, digits and . _ : -");
        }
        headers = List.copyOf(headers);
    }

    /**
     * Whether a call may have this id. The runtime, which this library may not know, has the same check in {@code CallId}; a
     * test of the local gateway compares them.
     */
    public static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /** Where the result is to go, if anywhere. */
    public Optional<String> callbackUrl() {
        return header("X-Callback-Url");
    }

    /** The first header of this name, in any case. */
    Optional<String> header(String name) {
        return Header.first(headers, name);
    }
}
