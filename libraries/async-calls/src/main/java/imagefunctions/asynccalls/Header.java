package imagefunctions.asynccalls;

/** One field of an HTTP header; a name may occur more than once. */
public record Header(String name, String value) {}
