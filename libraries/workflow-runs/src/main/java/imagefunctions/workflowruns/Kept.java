package imagefunctions.workflowruns;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** A document of a run: one line of JSON about it with the body's length and checksum, then the body. */
public final class Kept<T> {
    static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    /** A head holds the files of a workflow, and those are small. */
    private static final int MAX_HEAD = 16 << 20;

    private final T head;
    private final byte[] body;

    public Kept(T head, byte[] body) {
        this.head = head;
        this.body = body;
    }

    public T head() {
        return head;
    }

    public byte[] body() {
        return body;
    }

    private record Line(int bytes, String checksum, Object head) {}

    /** A head as it is read, with what the line says of the body. */
    record Head<T>(T head, int bytes, String checksum) {}

    /** The line, and the body. */
    byte[][] encoded() {
        try {
            String line = JSON.writeValueAsString(new Line(body.length, checksum(body), head)) + "\n";
            return new byte[][] {line.getBytes(StandardCharsets.UTF_8), body};
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records of texts, times and numbers are always JSON", e);
        }
    }

    /** Reads the line alone. */
    static <T> Head<T> readHead(InputStream in, Class<T> type) throws IOException {
        return line(new BufferedInputStream(in), type);
    }

    private static <T> Head<T> line(InputStream in, Class<T> type) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0 || line.size() == MAX_HEAD) {
                throw new DamagedDocumentException("it has no first line");
            }
            line.write(b);
        }
        try {
            JsonNode tree = JSON.readTree(line.toByteArray());
            T head = JSON.treeToValue(tree.path("head"), type);
            if (head == null) {
                throw new DamagedDocumentException("its first line says nothing");
            }
            return new Head<>(
                    head, tree.path("bytes").asInt(), tree.path("checksum").asText());
        } catch (JsonProcessingException e) {
            throw new DamagedDocumentException("its first line is not the JSON that was written");
        }
    }

    /** Reads and verifies all of it. */
    static <T> Kept<T> read(InputStream in, Class<T> type) throws IOException {
        InputStream buffered = new BufferedInputStream(in);
        Head<T> head = line(buffered, type);
        byte[] body = buffered.readAllBytes();
        if (body.length != head.bytes() || !checksum(body).equals(head.checksum())) {
            throw new DamagedDocumentException("the checksum of its body differs");
        }
        return new Kept<>(head.head(), body);
    }

    /** CRC-32C in eight hexadecimal digits. */
    static String checksum(byte[] body) {
        CRC32C checksum = new CRC32C();
        checksum.update(body);
        return String.format("%08x", checksum.getValue());
    }
}
