package imagefunctions.localgateway;

import imagefunctions.runtime.Problem;
import io.vertx.core.http.HttpServerRequest;

/** How many entries a page of a list has: {@code ?limit=100}. */
public final class PageLimit {
    private static final String DEFAULT = "100";
    private static final int LARGEST = 1000;

    private PageLimit() {}

    /**
     * Reads the limit.
     *
     * @throws imagefunctions.runtime.ProblemException (400) if it is not a number from 1 to 1000
     */
    public static int of(HttpServerRequest request) {
        String limit = request.getParam("limit", DEFAULT);
        if (limit.matches("[0-9]{1,4}")) {
            int size = Integer.parseInt(limit);
            if (size >= 1 && size <= LARGEST) {
                return size;
            }
        }
        throw new Problem.BadRequest("limit=" + limit + " is not allowed: give 1 to " + LARGEST + ".").asException();
    }
}
