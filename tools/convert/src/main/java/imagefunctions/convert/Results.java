package imagefunctions.convert;

import java.io.IOException;
import java.nio.file.Path;

/** The results of one function in a location: each under its picture's name, and none but what runs made. */
sealed interface Results extends AutoCloseable permits FolderResults, BucketResults {

    /**
     * Whether the result of this very picture is here.
     *
     * @throws IOException if there is something else under its name, which no run made
     */
    boolean isDone(Picture picture) throws IOException;

    /** An empty file, from which {@link #keep} can take a result. */
    Path part(Picture picture) throws IOException;

    /** Makes the result of the picture visible under its name, whole, in place of an older one. */
    void keep(Picture picture, Path part, String type) throws IOException;

    @Override
    void close() throws IOException;
}
