package imagefunctions.asynccalls.jetstream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import imagefunctions.asynccalls.Call;
import imagefunctions.asynccalls.CallState;
import imagefunctions.asynccalls.EntryHead;
import imagefunctions.asynccalls.Failure;
import imagefunctions.asynccalls.Phase;
import imagefunctions.asynccalls.jetstream.CallRecord.Part;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Records of gateways of this version, and of those that share their queue with it. */
final class RecordCodecTest {
    private static final Call CALL =
            new Call("call-1", "bw", "", "", List.of(), Instant.ofEpochMilli(1_764_000_000_123L));
    private static final StoredBody BODY = new StoredBody("body-1", 7);

    @Test
    void whatAFunctionAnsweredAtLastIsKept() throws Exception {
        Part<Call> dead = Part.fresh(CALL, BODY).dead(new Failure("It\nfailed.", Optional.of(503)));
        CallRecord record = CallRecord.accepted("a", "default", CALL, BODY).withCall(Optional.of(dead));

        CallRecord read = RecordCodec.decode(RecordCodec.encode(record));

        assertThat(read).isEqualTo(record);
        assertThat(read.state().functionStatus()).hasValue(503);
        assertThat(read.state().reason()).hasValue("It failed.");
    }

    @Test
    void aDeadLetterOfTheFirstVersionIsReadWithoutIt() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeByte(1);
        out.writeUTF("call-1");
        out.writeUTF("acceptance");
        out.writeUTF("default");
        out.writeBoolean(true);
        byte[] head = EntryHead.encode(CALL);
        out.writeInt(head.length);
        out.write(head);
        out.writeUTF(BODY.name());
        out.writeLong(BODY.length());
        out.writeInt(3);
        out.writeBoolean(false);
        out.writeBoolean(false);
        out.writeBoolean(true);
        out.writeLong(1_764_000_001L);
        out.writeInt(0);
        out.writeInt(10);
        out.write("It failed.".getBytes(UTF_8));
        out.writeBoolean(false);
        out.writeBoolean(false);

        CallState state = RecordCodec.decode(bytes.toByteArray()).state();

        assertThat(state.phase()).isEqualTo(Phase.DEAD);
        assertThat(state.functionAttempts()).isEqualTo(3);
        assertThat(state.finished()).hasValue(Instant.ofEpochSecond(1_764_000_001L));
        assertThat(state.reason()).hasValue("It failed.");
        assertThat(state.functionStatus()).isEmpty();
    }
}
