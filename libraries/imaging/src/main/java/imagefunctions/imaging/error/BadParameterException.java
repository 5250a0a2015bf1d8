package imagefunctions.imaging.error;

/** A parameter that is unknown, or whose value is not allowed. */
public final class BadParameterException extends ImageException {

    // Enough for the caller to recognise what was sent.
    private static final int MAX_ECHO = 60;

    private BadParameterException(String message) {
        super(message, null);
    }

    /** For a value that is not allowed; as a text, {@code allowed} says in words what is. */
    public static BadParameterException value(String parameter, String value, Object allowed) {
        return new BadParameterException(
                "%s=%s is not allowed: give %s.".formatted(parameter, shortened(value), allowed));
    }

    public static BadParameterException unknown(String parameter, String known) {
        String called = parameter.isEmpty() ? "without a name" : shortened(parameter);
        return new BadParameterException("There is no parameter %s: give %s.".formatted(called, known));
    }

    private static String shortened(String text) {
        return text.codePointCount(0, text.length()) <= MAX_ECHO
                ? text
                : text.substring(0, text.offsetByCodePoints(0, MAX_ECHO - 1)) + "…";
    }
}
