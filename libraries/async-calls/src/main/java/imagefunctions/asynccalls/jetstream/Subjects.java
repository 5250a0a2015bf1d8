package imagefunctions.asynccalls.jetstream;

import io.nats.client.JetStreamApiException;
import io.nats.client.api.StreamInfo;
import io.nats.client.api.StreamInfoOptions;
import java.io.IOException;
import java.util.Set;
import java.util.stream.Collectors;

/** The subjects that a stream has messages of. */
final class Subjects {
    private Subjects() {}

    static Set<String> of(NatsLink link, String stream, String filter) throws IOException, JetStreamApiException {
        StreamInfo info = Patience.with(
                () -> link.session().management().getStreamInfo(stream, StreamInfoOptions.filterSubjects(filter)));
        return info.getStreamState().getSubjects().stream()
                .map(subject -> subject.getName())
                .collect(Collectors.toSet());
    }
}
