package imagefunctions.convert;

import imagefunctions.reasons.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** A file with a line for each failure, below one that says what it is; there is none if nothing fails. */
final class FailureList implements AutoCloseable {
    private static final String HEAD = "# What convert could not convert, and why";

    private final Path file;
    private final Writer writer;
    private long lines;
    private boolean broken;

    private FailureList(Path file, Writer writer) {
        this.file = file;
        this.writer = writer;
    }

    /** Begins a list in place of an older one, and of no other file. */
    static FailureList open(Path file) throws IOException {
        check(file);
        try {
            FailureList list = new FailureList(file, Files.newBufferedWriter(file));
            list.write(HEAD);
            return list;
        } catch (IOException e) {
            throw new IOException(
                    "The list of failures cannot be written, name another file with --failures: " + Reason.of(e), e);
        }
    }

    /** Refuses a file that is no list of failures. */
    static void check(Path file) throws IOException {
        byte[] head = HEAD.getBytes(StandardCharsets.UTF_8);
        if (Files.isRegularFile(file)) {
            try (InputStream content = Files.newInputStream(file)) {
                if (!Arrays.equals(content.readNBytes(head.length), head)) {
                    throw new IllegalArgumentException(
                            "--failures is " + file + ", which is there and no list of failures: name another file.");
                }
            }
        }
    }

    /** A list that can no longer be written is said once, and stops nothing. */
    synchronized void add(Found what, String reason) {
        lines++;
        try {
            write(what.shown() + "\t" + reason);
        } catch (IOException e) {
            if (!broken) {
                System.err.println("The list of failures cannot be written any more: " + Reason.of(e));
            }
            broken = true;
        }
    }

    private void write(String line) throws IOException {
        writer.write(line + "\n");
        writer.flush();
    }

    @Override
    public synchronized void close() throws IOException {
        try {
            writer.close();
        } catch (IOException e) {
            System.err.println("The list of failures is not whole: " + Reason.of(e));
        }
        if (lines > 0) {
            System.out.println("The failures and their reasons are in " + file);
        } else if (Files.isRegularFile(file)) {
            Files.deleteIfExists(file);
        }
    }
}
