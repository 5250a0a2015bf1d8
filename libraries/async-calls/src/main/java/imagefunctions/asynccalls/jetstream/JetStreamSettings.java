package imagefunctions.asynccalls.jetstream;

import imagefunctions.asynccalls.QueueLimits;
import imagefunctions.asynccalls.QueueNames;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where the servers are, and how the queue is kept there.
 *
 * @param servers their URLs, separated by commas: {@code nats://a:4222,nats://b:4222}, or {@code nats://a:4222,b:4222},
 *     where the scheme of the first holds for all that have none
 * @param access how this process proves itself
 * @param name that the streams and buckets begin with
 * @param replicas of everything; 0: three where the servers are a cluster, else one
 * @param ackWait after which a worker that was not heard of loses its entry to another
 * @param sweepEvery how often is looked for what no call owns
 * @param orphanAge from when on something without an owner is taken for left behind
 * @param queues that calls wait in
 */
public record JetStreamSettings(
        String servers,
        Access access,
        String name,
        int replicas,
        Duration ackWait,
        Duration sweepEvery,
        Duration orphanAge,
        QueueLimits limits,
        QueueNames queues) {
    private static final int MOST_REPLICAS = 5;

    /**
     * Files with secrets.
     *
     * @param credentials a file with one line, USER:PASSWORD
     * @param authorities certificates in PEM of those who may have signed the servers'
     */
    public record Access(Optional<Path> credentials, Optional<Path> authorities) {
        public static final Access OPEN = new Access(Optional.empty(), Optional.empty());
    }

    public JetStreamSettings {
        servers = withSchemes(servers);
        for (String server : servers.split(",", -1)) {
            if (!server.strip().matches("(nats|tls)://[^/\\s]+/?")) {
                throw new IllegalArgumentException("IMAGE_FUNCTIONS_QUEUE has \"" + server
                        + "\": set it to nats://HOST:PORT, or tls://HOST:PORT, separated by commas");
            }
        }
        if (!name.matches("[A-Za-z0-9_-]+")) {
            throw new IllegalArgumentException(
                    "IMAGE_FUNCTIONS_QUEUE_NAME is " + name + ": use letters, digits, _ and -");
        }
        if (replicas < 0 || replicas > MOST_REPLICAS || (replicas % 2 == 0 && replicas != 0)) {
            throw new IllegalArgumentException(
                    "IMAGE_FUNCTIONS_QUEUE_REPLICAS is " + replicas + ": set it to 1, 3 or 5, or to 0 for what fits");
        }
        if (ackWait.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException(
                    "IMAGE_FUNCTIONS_QUEUE_ACK_WAIT is " + ackWait + ": set it to 1s or more");
        }
        if (sweepEvery.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException(
                    "IMAGE_FUNCTIONS_QUEUE_SWEEP_EVERY is " + sweepEvery + ": set it to 1s or more");
        }
    }

    private static String withSchemes(String servers) {
        int end = servers.indexOf("://");
        String scheme = end < 0 ? "" : servers.substring(0, end + 3).strip();
        return Arrays.stream(servers.split(",", -1))
                .map(server -> server.strip())
                .map(server -> server.contains("://") ? server : scheme + server)
                .collect(Collectors.joining(","));
    }

    boolean asksForTls() {
        return access.authorities().isPresent() || servers.contains("tls://");
    }
}
