package imagefunctions.imaging;

/** A parameter that is unknown, or whose value is not allowed. */
public final class BadParameter extends ImageException {

    private final String parameter;
    private final String value;
    private final String allowed;

    private BadParameter(String message, String parameter, String value, String allowed) {
        super(message, null);
        this.parameter = parameter;
        this.value = value;
        this.allowed = allowed;
    }

    static BadParameter value(String parameter, String value, String allowed) {
        return new BadParameter(
                "%s=%s is not allowed: give %s.".formatted(parameter, value, allowed), parameter, value, allowed);
    }

    static BadParameter unknown(String parameter, String value, String known) {
        return new BadParameter(
                "There is no parameter %s: give %s.".formatted(parameter, known), parameter, value, known);
    }

    /** The parameter's name as the caller wrote it. */
    public String parameter() {
        return parameter;
    }

    /** The value as the caller wrote it. */
    public String value() {
        return value;
    }

    /** What may be given instead, in words. */
    public String allowed() {
        return allowed;
    }
}
