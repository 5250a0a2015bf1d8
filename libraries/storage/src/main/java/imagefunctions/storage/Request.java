package imagefunctions.storage;

import io.minio.errors.MinioException;
import java.io.IOException;

/** One request to the store by the client library. */
@FunctionalInterface
interface Request<T> {
    T send() throws MinioException;

    /** Sends the request and says in one sentence what became of it if it failed. */
    static <T> T ask(String what, Request<T> request) throws ObjectStoreException {
        try {
            return request.send();
        } catch (MinioException e) {
            throw Failures.told(what, e);
        } catch (IllegalStateException e) {
            // The client's way to pass on a connection that failed.
            if (e.getCause() instanceof IOException) {
                throw Failures.told(what, e);
            }
            if (e.getCause() instanceof IllegalArgumentException refused) {
                throw Failures.told(what, refused);
            }
            throw e;
        } catch (IllegalArgumentException e) {
            // The client's way to refuse a name, such as one with a part "..".
            throw Failures.told(what, e);
        }
    }
}
