package imagefunctions.receiver;

import com.fasterxml.jackson.databind.ObjectMapper;
import imagefunctions.folders.FolderLock;
import imagefunctions.folders.PrivateFolder;
import imagefunctions.reasons.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Messages as files.
 *
 * <pre>
 * in/                          messages that are arriving
 * messages/CALL-ID/NAME        what functions have made
 * failures/CALL-ID/NAME        what they answered instead
 * .../CALL-ID/.NAME.json       its metadata
 * lock
 * </pre>
 *
 * A message is there from the moment that the file of its bytes is, which is the last one to get its name.
 */
final class MessageFolder implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(MessageFolder.class);

    private final Path folder;
    private final ObjectMapper json;
    private final FolderLock lock;

    MessageFolder(Path folder, ObjectMapper json) throws IOException {
        this.folder = folder;
        this.json = json;
        this.lock = FolderLock.of(PrivateFolder.make(folder));
        for (String part : List.of("in", "messages", "failures")) {
            PrivateFolder.make(folder.resolve(part));
        }
        for (Path arriving : children(folder.resolve("in"))) {
            Files.delete(arriving);
        }
    }

    /** Every message that is whole, in the order of arrival. */
    List<Message> load() throws IOException {
        List<Message> messages = new ArrayList<>();
        for (String part : List.of("messages", "failures")) {
            for (Path call : children(folder.resolve(part))) {
                for (Path file : children(call)) {
                    if (file.getFileName().toString().startsWith(".")) {
                        load(file, messages);
                    }
                }
            }
        }
        messages.sort(Comparator.comparingLong(Message::number));
        return messages;
    }

    private void load(Path file, List<Message> messages) throws IOException {
        try {
            Message message = json.readValue(file.toFile(), Message.class);
            if (Files.exists(file(message))) {
                messages.add(message);
            }
        } catch (IOException | IllegalArgumentException e) {
            LOG.warnf("%s cannot be read, its message is not shown: %s", file, Reason.of(e));
        }
    }

    /** A file for a message that is arriving. */
    Path arriving() {
        return folder.resolve("in").resolve(UUID.randomUUID().toString());
    }

    /** Where the bytes of this message are. */
    Path file(Message message) {
        return call(message).resolve(message.name());
    }

    private Path call(Message message) {
        return kind(message).resolve(MessageNames.folderOf(message.callId()));
    }

    private Path kind(Message message) {
        return folder.resolve(message.failed() ? "failures" : "messages");
    }

    /** Gives an arrived file, which is on disk, its name; on return that survives a power cut. */
    void keep(Message message, Path arrived) throws IOException {
        Path call = call(message);
        Path bytes = file(message);
        Path metadata = call.resolve("." + message.name() + ".json");
        Path known = arriving();
        try {
            PrivateFolder.make(call);
            write(known, message);
            Files.move(known, metadata, StandardCopyOption.ATOMIC_MOVE);
            Files.move(arrived, bytes, StandardCopyOption.ATOMIC_MOVE);
            PrivateFolder.force(call);
        } finally {
            Files.deleteIfExists(known);
            if (!Files.exists(bytes)) {
                Files.deleteIfExists(metadata);
            }
        }
    }

    /** Deletes a message: first its bytes, without which the rest is none. */
    void delete(Message message) throws IOException {
        Path call = call(message);
        Files.deleteIfExists(file(message));
        Files.deleteIfExists(call.resolve("." + message.name() + ".json"));
        PrivateFolder.force(call);
        if (children(call).isEmpty()) {
            Files.deleteIfExists(call);
        }
    }

    private void write(Path known, Message message) throws IOException {
        try (FileChannel channel = PrivateFolder.newFile(known)) {
            ByteBuffer bytes = ByteBuffer.wrap(json.writeValueAsBytes(message));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(false);
        }
    }

    private static List<Path> children(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
