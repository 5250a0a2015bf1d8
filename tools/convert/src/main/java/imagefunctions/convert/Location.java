package imagefunctions.convert;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where pictures are: a folder or a bucket. */
sealed interface Location permits Folder, Bucket {

    /** Reads an argument of the command line. */
    static Location of(String word) throws IOException {
        if (word.isEmpty()) {
            throw new IllegalArgumentException("--from and --to take a folder or a bucket, and one of them is empty.");
        }
        if (word.startsWith(Bucket.SCHEME)) {
            return Bucket.of(word);
        }
        return word.contains("/") || word.startsWith(".") || Files.isDirectory(Path.of(word))
                ? Folder.of(Path.of(word))
                : Bucket.of(Bucket.SCHEME + word);
    }

    /** The same for pictures, which are there already. */
    static Location ofPictures(String word) throws IOException {
        Location pictures = of(word);
        if (pictures instanceof Folder folder && !Files.isDirectory(folder.root())) {
            throw new IOException(
                    Files.exists(folder.root())
                            ? folder.root() + " is a file: give its folder."
                            : "There is no folder " + folder.root() + ".");
        }
        return pictures;
    }

    /** Takes what is found one after the other; the walk waits for it. */
    @FunctionalInterface
    interface Visitor {
        void visit(Found found) throws IOException;
    }

    /** Shows everything that is here, but for what lies in the other location, where the results go. */
    void walk(Location results, Visitor visitor) throws IOException;

    InputStream open(Picture picture) throws IOException;

    /** Whether the other location is this one or within it. */
    boolean holds(Location other) throws IOException;

    /** What the function's results are kept in here; a dry run makes nothing. */
    Results results(String function, boolean dryRun) throws IOException;
}
