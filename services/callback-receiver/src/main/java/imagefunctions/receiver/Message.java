package imagefunctions.receiver;

import com.fasterxml.jackson.annotation.JsonProperty;
import imagefunctions.runtime.PercentEncoding;
import java.time.Instant;
import java.util.Optional;

/**
 * A delivered result, without its bytes.
 *
 * @param number orders messages by their arrival
 * @param status of the function, 200 if the sender stated none
 * @param seconds that the function took, if the sender stated them
 * @param type found in the bytes, whatever the sender said
 */
record Message(
        long number,
        String name,
        String callId,
        String function,
        int status,
        Optional<Double> seconds,
        String type,
        long size,
        Instant received) {

    /** One call delivers to one name once; a success after a failure is another message. */
    record Key(String callId, String name, boolean failed) {}

    Key key() {
        return new Key(callId, name, failed());
    }

    @JsonProperty(access = JsonProperty.Access.READ_ONLY)
    boolean failed() {
        return status < 200 || status > 299;
    }

    /** The same for who reads of it by way of a proxy with this prefix, and where exactly it is, even if others have its name. */
    ShownMessage under(String prefix) {
        return new ShownMessage(this, prefix + path());
    }

    private String path() {
        return "/messages/" + PercentEncoding.of(name) + "?call=" + PercentEncoding.of(callId)
                + (failed() ? "&failed" : "");
    }
}
