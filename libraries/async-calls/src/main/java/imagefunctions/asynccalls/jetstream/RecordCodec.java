package imagefunctions.asynccalls.jetstream;

import imagefunctions.asynccalls.Call;
import imagefunctions.asynccalls.CallState;
import imagefunctions.asynccalls.Callback;
import imagefunctions.asynccalls.CorruptEntryException;
import imagefunctions.asynccalls.EntryHead;
import imagefunctions.asynccalls.Failure;
import imagefunctions.asynccalls.Phase;
import imagefunctions.asynccalls.QueueEntry;
import imagefunctions.asynccalls.jetstream.CallRecord.Death;
import imagefunctions.asynccalls.jetstream.CallRecord.Part;
import imagefunctions.asynccalls.jetstream.CallRecord.Pause;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A record as the bytes of a key's value. */
final class RecordCodec {
    /** Version 1 knew no status of what was given up. */
    private static final byte VERSION = 2;

    private static final String HOLDER = "The call's record";

    private RecordCodec() {}

    static byte[] encode(CallRecord call) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeUTF(call.id());
            out.writeUTF(call.acceptance());
            out.writeUTF(call.queue());
            write(out, call.call(), RecordCodec::part);
            write(out, call.callback(), RecordCodec::part);
            write(out, call.delivered(), RecordCodec::delivered);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    /** A record that a newer gateway has written, for gateways like that. */
    static final class NewerException extends IOException {
        private static final long serialVersionUID = 1;

        NewerException(byte version) {
            super("the record of a call is of version " + version + ", which is for newer gateways");
        }
    }

    static CallRecord decode(byte[] value) throws CorruptEntryException, NewerException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(value))) {
            byte version = in.readByte();
            if (version > VERSION) {
                throw new NewerException(version);
            }
            if (version < 1) {
                throw new CorruptEntryException("it is of version " + version);
            }
            return new CallRecord(
                    in.readUTF(),
                    in.readUTF(),
                    in.readUTF(),
                    read(in, from -> part(from, Call.class, version)),
                    read(in, from -> part(from, Callback.class, version)),
                    read(in, RecordCodec::delivered));
        } catch (NewerException e) {
            throw e;
        } catch (CorruptEntryException e) {
            throw new CorruptEntryException(HOLDER, e.reason());
        } catch (IOException | RuntimeException e) {
            throw new CorruptEntryException(HOLDER, "it cannot be read: " + e);
        }
    }

    private interface Writer<T> {
        void write(DataOutputStream out, T value) throws IOException;
    }

    private interface Reader<T> {
        T read(DataInputStream in) throws IOException;
    }

    private static <T> void write(DataOutputStream out, Optional<T> value, Writer<? super T> writer)
            throws IOException {
        out.writeBoolean(value.isPresent());
        if (value.isPresent()) {
            writer.write(out, value.get());
        }
    }

    private static <T> Optional<T> read(DataInputStream in, Reader<T> reader) throws IOException {
        return in.readBoolean() ? Optional.of(reader.read(in)) : Optional.empty();
    }

    private static void part(DataOutputStream out, Part<? extends QueueEntry> part) throws IOException {
        byte[] head = EntryHead.encode(part.entry());
        out.writeInt(head.length);
        out.write(head);
        out.writeUTF(part.body().name());
        out.writeLong(part.body().length());
        out.writeInt(part.attempts());
        write(out, part.holder(), DataOutputStream::writeUTF);
        write(out, part.pause(), (to, pause) -> {
            time(to, pause.until());
            to.writeLong(pause.length().toMillis());
        });
        write(out, part.death(), (to, death) -> {
            time(to, death.since());
            text(to, death.failure().reason());
            write(to, death.failure().functionStatus(), DataOutputStream::writeInt);
        });
    }

    private static <T extends QueueEntry> Part<T> part(DataInputStream in, Class<T> type, byte version)
            throws IOException {
        QueueEntry entry = EntryHead.decode(in.readNBytes(in.readInt()));
        return new Part<>(
                type.cast(entry),
                new StoredBody(in.readUTF(), in.readLong()),
                in.readInt(),
                read(in, from -> from.readUTF()),
                read(in, from -> new Pause(time(from), Duration.ofMillis(from.readLong()))),
                read(in, from -> death(from, version)));
    }

    private static Death death(DataInputStream in, byte version) throws IOException {
        Instant since = time(in);
        String reason = text(in);
        return new Death(
                since, new Failure(reason, version == 1 ? Optional.empty() : read(in, DataInputStream::readInt)));
    }

    private static void delivered(DataOutputStream out, CallState state) throws IOException {
        out.writeUTF(state.function());
        time(out, state.accepted().orElseThrow());
        time(out, state.finished().orElseThrow());
        out.writeInt(state.functionAttempts());
        out.writeInt(state.functionStatus().orElseThrow());
        out.writeInt(state.callbackAttempts());
        out.writeUTF(state.id());
    }

    private static CallState delivered(DataInputStream in) throws IOException {
        String function = in.readUTF();
        Instant accepted = time(in);
        Instant finished = time(in);
        int attempts = in.readInt();
        int status = in.readInt();
        int callbackAttempts = in.readInt();
        return new CallState(
                in.readUTF(),
                Phase.DELIVERED,
                function,
                Optional.of(accepted),
                attempts,
                Optional.of(status),
                callbackAttempts,
                Optional.empty(),
                Optional.of(finished),
                Optional.empty());
    }

    private static void time(DataOutputStream out, Instant time) throws IOException {
        out.writeLong(time.getEpochSecond());
        out.writeInt(time.getNano());
    }

    private static Instant time(DataInputStream in) throws IOException {
        long seconds = in.readLong();
        return Instant.ofEpochSecond(seconds, in.readInt());
    }

    /** A reason may be longer than what writeUTF takes. */
    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    }
}
