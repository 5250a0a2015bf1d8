package imagefunctions.asynccalls;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The fields of an entry as bytes, which an entry is kept with. */
public final class EntryHead {
    private static final byte CALL = 1;
    private static final byte CALLBACK = 2;

    private EntryHead() {}

    public static byte[] encode(QueueEntry entry) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            switch (entry) {
                case Call call -> write(call, out);
                case Callback callback -> write(callback, out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    public static QueueEntry decode(byte[] head) throws CorruptEntryException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(head))) {
            byte kind = in.readByte();
            return switch (kind) {
                case CALL -> readCall(in);
                case CALLBACK -> readCallback(in);
                default -> throw new CorruptEntryException("it holds an entry of unknown kind " + kind);
            };
        } catch (CorruptEntryException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new CorruptEntryException("its head cannot be read: " + e.getMessage());
        }
    }

    private static void write(Call call, DataOutputStream out) throws IOException {
        out.writeByte(CALL);
        text(out, call.id());
        text(out, call.function());
        text(out, call.path());
        text(out, call.query());
        headers(out, call.headers());
        out.writeLong(call.accepted().toEpochMilli());
    }

    private static Call readCall(DataInputStream in) throws IOException {
        return new Call(text(in), text(in), text(in), text(in), headers(in), Instant.ofEpochMilli(in.readLong()));
    }

    private static void write(Callback callback, DataOutputStream out) throws IOException {
        out.writeByte(CALLBACK);
        text(out, callback.id());
        text(out, callback.function());
        text(out, callback.url());
        out.writeInt(callback.status());
        headers(out, callback.headers());
        out.writeLong(callback.accepted().toEpochMilli());
        out.writeUTF(callback.started().toString());
        out.writeLong(callback.duration().toNanos());
        out.writeInt(callback.attempts());
        out.writeBoolean(callback.failure().isPresent());
        text(out, callback.failure().orElse(""));
    }

    private static Callback readCallback(DataInputStream in) throws IOException {
        String id = text(in);
        String function = text(in);
        String url = text(in);
        int status = in.readInt();
        List<Header> headers = headers(in);
        Instant accepted = Instant.ofEpochMilli(in.readLong());
        Instant started = Instant.parse(in.readUTF());
        Duration duration = Duration.ofNanos(in.readLong());
        int attempts = in.readInt();
        Optional<String> failure = in.readBoolean() ? Optional.of(text(in)) : Optional.empty();
        return new Callback(id, function, url, status, headers, accepted, started, duration, attempts, failure);
    }

    private static void headers(DataOutputStream out, List<Header> headers) throws IOException {
        out.writeInt(headers.size());
        for (Header header : headers) {
            text(out, header.name());
            text(out, header.value());
        }
    }

    private static List<Header> headers(DataInputStream in) throws IOException {
        int count = in.readInt();
        List<Header> headers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            headers.add(new Header(text(in), text(in)));
        }
        return headers;
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String text(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new CorruptEntryException("a text in its head is " + length + " bytes long");
        }
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }
}
