package imagefunctions.functions.processimages.rules;

import imagefunctions.storage.ObjectKeys;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The key of a result: {@code ${key}} in it stands for the key of the picture, and {@code ${stem}} for that without what
 * follows the last dot of its last part.
 */
public record KeyPattern(String text) {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(.*?)}");
    private static final Pattern EXTENSION = Pattern.compile("(?<=[^/])\\.[^./]*$");

    /** As S3 has it, in bytes. */
    private static final int LONGEST = 1024;

    /** The result has the key of its picture. */
    public static final KeyPattern SAME = new KeyPattern("${key}");

    public KeyPattern {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException("write at most " + LONGEST + " characters, as a key has");
        }
        if (VARIABLE.matcher(text).results().findAny().isEmpty()) {
            throw new IllegalArgumentException(
                    "write ${key} or ${stem} in it, or all results would have one key, as in small/${stem}.jpg");
        }
        String example = VARIABLE.matcher(text).replaceAll(found -> switch (found.group(1)) {
            case "key", "stem" -> "k";
            default ->
                throw new IllegalArgumentException(
                        "there is no ${" + found.group(1) + "}: write ${key}, or ${stem} for the key without .jpg");
        });
        ObjectKeys.fault(example).ifPresent(fault -> {
            throw new IllegalArgumentException("a key has no empty part between slashes, and none that is . or ..");
        });
    }

    /** The key of the result for the picture with this key. */
    public String of(String key) {
        return VARIABLE.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(found.group(1).equals("key") ? key : stem(key)));
    }

    private static String stem(String key) {
        return EXTENSION.matcher(key).replaceFirst("");
    }

    /** What stands before the first variable. */
    String head() {
        return text.substring(0, text.indexOf("${"));
    }

    /** What stands behind the last variable. */
    String tail() {
        return text.substring(text.lastIndexOf('}') + 1);
    }

    boolean beginsWithKey() {
        return text.startsWith("${key}", head().length());
    }

    boolean endsWithKey() {
        return text.endsWith("${key}" + tail());
    }

    /** Whether results are listed in the order of their pictures. */
    public boolean keepsOrder() {
        return text.equals(head() + "${key}");
    }
}
