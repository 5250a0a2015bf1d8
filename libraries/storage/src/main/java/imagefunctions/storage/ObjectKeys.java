package imagefunctions.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Tells keys that would be another object's on their way: clients and servers read them as paths, and shorten them, or
 * have no text for their bytes.
 */
public final class ObjectKeys {
    private static final Pattern EMPTY_PART = Pattern.compile("^/|//");
    private static final Pattern DOTS = Pattern.compile("(^|/)\\.\\.?(/|$)");

    /** What bytes are read as that are no UTF-8. */
    private static final char NO_CHARACTER = '\uFFFD';

    private ObjectKeys() {}

    /** What is wrong with the key, in a sentence that says what to do; nothing if it is whole wherever it goes. */
    public static Optional<String> fault(String key) {
        if (EMPTY_PART.matcher(key).find()) {
            return Optional.of("The key " + key + " has an empty part between slashes, without which it is another"
                    + " object's: store it under one without.");
        }
        if (key.indexOf(NO_CHARACTER) >= 0 || !UTF_8.newEncoder().canEncode(key)) {
            return Optional.of("The key " + key + " is not UTF-8: store it under one that is.");
        }
        if (key.indexOf('\0') >= 0) {
            return Optional.of(
                    "The key " + key + " has a zero byte, which no store keeps: store it under one without.");
        }
        if (DOTS.matcher(key).find()) {
            return Optional.of("The key " + key + " has a part that is \".\" or \"..\", as only paths have: store it"
                    + " under one without.");
        }
        return Optional.empty();
    }
}
