package imagefunctions.functions.chaining.yaml;

import imagefunctions.gatewayclient.FunctionRequest;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses the scalar values of a workflow file; the message of an IllegalArgumentException says what to write instead. */
final class Scalars {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,7})(ms|s|m)");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,10})([KM]?)");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9 ._-]{0,63}");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,31}");
    private static final Duration MAX_DURATION = Duration.ofHours(1);

    private Scalars() {}

    static Duration duration(String text) {
        Matcher m = DURATION.matcher(text);
        if (m.matches()) {
            long n = Long.parseLong(m.group(1));
            Duration duration =
                    switch (m.group(2)) {
                        case "ms" -> Duration.ofMillis(n);
                        case "s" -> Duration.ofSeconds(n);
                        default -> Duration.ofMinutes(n);
                    };
            if (duration.isPositive() && duration.compareTo(MAX_DURATION) <= 0) {
                return duration;
            }
        }
        throw new IllegalArgumentException("write a duration such as 500ms, 30s or 2m, at most 60m");
    }

    static long size(String text) {
        Matcher m = SIZE.matcher(text);
        if (!m.matches()) {
            throw new IllegalArgumentException("write a number of bytes such as 500000, 500K or 2M");
        }
        return Long.parseLong(m.group(1))
                * switch (m.group(2)) {
                    case "K" -> 1L << 10;
                    case "M" -> 1L << 20;
                    default -> 1L;
                };
    }

    static int number(String text, int least, int most) {
        try {
            int n = Integer.parseInt(text);
            if (n >= least && n <= most) {
                return n;
            }
        } catch (NumberFormatException e) {
            // falls through to the one message for every invalid number
        }
        throw new IllegalArgumentException("write a number from " + least + " to " + most);
    }

    static boolean bool(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("write true or false");
        };
    }

    static String name(String text) {
        return matching(NAME, text, "write a name of up to 64 letters, digits, spaces and . _ -");
    }

    static String function(String text) {
        return valid(
                FunctionRequest.isFunctionName(text), text, "write a function's name, of letters, digits and - _ .");
    }

    static String variable(String text) {
        return matching(VARIABLE, text, "write a name of up to 32 letters, digits and _, such as size");
    }

    private static String matching(Pattern pattern, String text, String message) {
        return valid(pattern.matcher(text).matches(), text, message);
    }

    private static String valid(boolean isValid, String text, String message) {
        if (!isValid) {
            throw new IllegalArgumentException(message);
        }
        return text;
    }
}
