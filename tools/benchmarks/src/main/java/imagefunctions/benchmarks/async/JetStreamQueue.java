package imagefunctions.benchmarks.async;

import io.nats.client.Connection;
import io.nats.client.JetStream;
import io.nats.client.JetStreamApiException;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.time.Duration;

/** A stream of NATS JetStream, which keeps what it takes in and does nothing with it. */
final class JetStreamQueue implements Queue {
    private static final String STREAM = "calls";

    private final Connection connection;
    private final JetStream stream;

    JetStreamQueue(String url) throws IOException, InterruptedException, JetStreamApiException {
        connection = Nats.connect(new Options.Builder()
                .server(url)
                .connectionTimeout(Duration.ofSeconds(10))
                .build());
        connection
                .jetStreamManagement()
                .addStream(StreamConfiguration.builder()
                        .name(STREAM)
                        .subjects(STREAM)
                        .storageType(StorageType.File)
                        .build());
        stream = connection.jetStream();
    }

    @Override
    public String name() {
        return "JetStream, ack";
    }

    @Override
    public void put(byte[] body) throws IOException, JetStreamApiException {
        stream.publish(STREAM, body);
    }

    @Override
    public void rest() throws IOException, JetStreamApiException {
        connection.jetStreamManagement().purgeStream(STREAM);
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
