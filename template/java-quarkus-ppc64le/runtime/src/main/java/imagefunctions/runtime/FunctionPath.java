package imagefunctions.runtime;

/**
 * A function as a gateway's URL names it.
 *
 * @param name of the function, without OpenFaaS' namespace
 * @param path what follows, without the query: empty, or starting with a slash
 */
public record FunctionPath(String name, String path) {
    /** OpenFaaS' default namespace, which may follow a function's name. */
    private static final String NAMESPACE = ".openfaas-fn";

    /**
     * Reads what a path has behind a prefix.
     *
     * @param prefix ends with a slash; Vert.x takes a path without that one for one below it, too
     */
    public static FunctionPath below(String prefix, String path) {
        return of(path.substring(Math.min(prefix.length(), path.length())));
    }

    /** Reads {@code NAME[.openfaas-fn][/path]}. */
    public static FunctionPath of(String text) {
        int slash = text.indexOf('/');
        String name = slash < 0 ? text : text.substring(0, slash);
        String path = slash < 0 ? "" : text.substring(slash);
        return new FunctionPath(
                name.endsWith(NAMESPACE) ? name.substring(0, name.length() - NAMESPACE.length()) : name, path);
    }
}
