package imagefunctions.convert;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where pictures are: a folder or a bucket. */
sealed interface Location permits Folder, Bucket {

    /** Reads an argument of the command line. */
    static Location of(String word) throws IOException {
        if (word.startsWith("s3://")) {
            return Bucket.named(word.substring("s3://".length()).replaceAll("/$", ""));
        }
        return word.contains("/") || word.startsWith(".") || Files.isDirectory(Path.of(word))
                ? new Folder(Path.of(word).toAbsolutePath().normalize())
                : Bucket.named(word);
    }

    /** Takes pictures one after the other; the walk waits for it. */
    @FunctionalInterface
    interface Visitor {
        void visit(Picture picture) throws IOException, InterruptedException;
    }

    void walk(Visitor visitor) throws IOException, InterruptedException;

    InputStream open(Picture picture) throws IOException;

    /** Refuses results of this function if those of another one are here. */
    void check(String function) throws IOException;

    /** Whether this function's result of this very picture is here. */
    boolean has(Picture picture, String function) throws IOException;

    /** An empty file, from which {@link #keep} can take a result. */
    Path part(Picture picture) throws IOException;

    /** Makes the result of the picture visible under its name, whole, in place of an older one. */
    void keep(Picture picture, Path part, String type, String function) throws IOException;
}
