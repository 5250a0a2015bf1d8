package imagefunctions.convert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import imagefunctions.reasons.Reason;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What runs made in a folder: a hidden file of lines of JSON, the first with the function, then one for each result.
 *
 * <p>Lines are only added, and any of a name's lines may be about the file that is there.
 */
final class ConversionRecord implements AutoCloseable {
    /** What the names of results begin with until they are whole. */
    static final String PART = ".convert-part-";

    private static final String NAME = ".converted.jsonl";
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);

    private record Head(String function) {}

    /** The versions of a picture and of what was made from it. */
    private record Line(String name, String source, String result) {}

    private final Map<String, List<Line>> lines = new ConcurrentHashMap<>();
    private final Optional<FileChannel> added;

    private ConversionRecord(Optional<FileChannel> added) {
        this.added = added;
    }

    /** Whether it is a file that runs make for themselves. */
    static boolean isOwn(Path file) {
        String name = file.getFileName().toString();
        return name.equals(NAME) || name.startsWith(PART);
    }

    /** To look only. */
    static ConversionRecord read(Path folder, String function) throws IOException {
        ConversionRecord record = new ConversionRecord(Optional.empty());
        Path file = folder.resolve(NAME);
        if (Files.exists(file)) {
            try (FileChannel channel = FileChannel.open(file)) {
                record.load(channel, folder, function);
            }
        }
        return record;
    }

    /** To go on with; one run at a time has it. */
    static ConversionRecord open(Path folder, String function) throws IOException {
        FileChannel channel = FileChannel.open(
                folder.resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        ConversionRecord record = new ConversionRecord(Optional.of(channel));
        try {
            lock(channel, folder);
            record.load(channel, folder, function);
            if (channel.size() == 0) {
                record.write(new Head(function));
            } else {
                // Ends a line of which a crash left a part.
                channel.write(ByteBuffer.wrap(new byte[] {'\n'}));
            }
            return record;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static void lock(FileChannel channel, Path folder) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw new IllegalStateException(
                        "Another run writes to " + folder + " now: wait for its end, or give another --to.");
            }
        } catch (IOException e) {
            System.err.println(folder + " cannot be locked (" + Reason.of(e) + "): start no other run with this --to.");
        }
    }

    /** Reads by this channel alone: the lock is lost as soon as any other of the same file is closed. */
    private void load(FileChannel channel, Path folder, String function) throws IOException {
        // Bytes that a crash left in place of letters are no reason to refuse the rest.
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8));
        String first = reader.readLine();
        if (first == null) {
            return;
        }
        Head head = parsed(first, Head.class)
                .orElseThrow(() -> new IOException(
                        folder.resolve(NAME) + " is no record of convert: move it away, or give another --to."));
        if (!head.function().equals(function)) {
            throw new IOException(
                    folder + " holds the results of " + head.function() + ": give another --to, or empty the folder.");
        }
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            parsed(line, Line.class).ifPresent(this::enter);
        }
    }

    private static <T> Optional<T> parsed(String line, Class<T> type) {
        try {
            return Optional.ofNullable(JSON.readValue(line, type));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private void enter(Line line) {
        lines.computeIfAbsent(line.name(), name -> new ArrayList<>()).add(line);
    }

    /** Whether a run made this version of what is there under a name. */
    boolean made(String name, String result) {
        return of(name).stream().anyMatch(line -> line.result().equals(result));
    }

    /** Whether a run made it from this version of the picture. */
    boolean made(Picture picture, String result) {
        return of(picture.name()).contains(new Line(picture.name(), picture.version(), result));
    }

    private List<Line> of(String name) {
        return lines.getOrDefault(name, List.of());
    }

    void add(Picture picture, String result) throws IOException {
        Line line = new Line(picture.name(), picture.version(), result);
        write(line);
        enter(line);
    }

    private void write(Object line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8));
        FileChannel channel = added.orElseThrow();
        long whole = channel.size();
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            channel.truncate(whole);
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        if (added.isPresent()) {
            added.get().close();
        }
    }
}
