package imagefunctions.storage;

import io.minio.errors.MinioException;
import java.io.IOException;

/** One request to the store by the client library. */
@FunctionalInterface
interface Request<T> {
    T send() throws MinioException;

    /** Sends the request; a failure says in one sentence what went wrong. */
    static <T> T ask(String what, Request<T> request) throws ObjectStoreException {
        try {
            return request.send();
        } catch (MinioException e) {
            throw Failures.of(what, e);
        } catch (IllegalStateException e) {
            // The client's way to pass on a connection that failed.
            if (e.getCause() instanceof IOException) {
                throw Failures.of(what, e);
            }
            if (e.getCause() instanceof IllegalArgumentException refused) {
                throw Failures.of(what, refused);
            }
            throw e;
        } catch (IllegalArgumentException e) {
            // The client's way to refuse a name, such as one with a part "..".
            throw Failures.of(what, e);
        }
    }
}
