package imagefunctions.benchmarks.async;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicInteger;

/** Files alone: each message is a new one, and forced to the disk; its name is not. */
final class ForcedFiles implements Queue {
    private final Path folder;
    private final AtomicInteger files = new AtomicInteger();

    ForcedFiles(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    @Override
    public String name() {
        return "the disk: a file, forced";
    }

    @Override
    public void put(byte[] body) throws IOException {
        Path file = folder.resolve(Integer.toString(files.getAndIncrement()));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer left = ByteBuffer.wrap(body);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(true);
        }
    }

    @Override
    public void rest() throws IOException {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            for (Path file : all) {
                Files.delete(file);
            }
        }
    }

    @Override
    public void close() {
        // What is there is removed with the folder.
    }
}
