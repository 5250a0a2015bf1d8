package imagefunctions.asynccalls;

/** One line of an HTTP header; a name may stand more than once. */
public record Header(String name, String value) {}
