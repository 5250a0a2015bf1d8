package imagefunctions.receiver;

import imagefunctions.runtime.http.HttpLimits;
import io.quarkus.runtime.configuration.MemorySize;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * What the receiver keeps, and from whom.
 *
 * @param folder where messages are kept, by one receiver only
 * @param maxBytes of all messages together
 * @param maxCount of messages
 * @param maxBody bytes of one message
 * @param readTimeout for one message to arrive
 * @param writeTimeout for one answer to be taken by its reader
 * @param secret that callbacks must be signed with, if any
 */
record ReceiverSettings(
        Path folder,
        long maxBytes,
        int maxCount,
        long maxBody,
        Duration readTimeout,
        Duration writeTimeout,
        Optional<String> secret) {

    ReceiverSettings {
        atLeast("IMAGE_FUNCTIONS_MESSAGES_MAX_BODY", maxBody, 1);
        atLeast("IMAGE_FUNCTIONS_MESSAGES_MAX_BYTES", maxBytes, 1);
        atLeast("IMAGE_FUNCTIONS_MESSAGES_MAX_COUNT", maxCount, 1);
        atLeast("read_timeout in ms", readTimeout.toMillis(), 1);
        atLeast("write_timeout in ms", writeTimeout.toMillis(), 1);
    }

    private static void atLeast(String name, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " is " + value + ": set it to " + least + " or more");
        }
    }

    /** Reads the settings from the environment. */
    @Singleton
    static final class FromEnvironment {
        @Produces
        @Singleton
        ReceiverSettings settings(
                @ConfigProperty(name = "image-functions.messages.folder", defaultValue = "messages") Path folder,
                @ConfigProperty(name = "image-functions.messages.max-bytes", defaultValue = "4G") MemorySize maxBytes,
                @ConfigProperty(name = "image-functions.messages.max-count", defaultValue = "10000") int maxCount,
                @ConfigProperty(name = "image-functions.messages.max-body", defaultValue = "64M") MemorySize maxBody,
                @ConfigProperty(name = "read_timeout", defaultValue = "60s") Duration readTimeout,
                @ConfigProperty(name = "write_timeout", defaultValue = "60s") Duration writeTimeout,
                @ConfigProperty(name = "image-functions.callback-secret") Optional<String> secret) {
            return new ReceiverSettings(
                    folder, maxBytes.asLongValue(), maxCount, maxBody.asLongValue(), readTimeout, writeTimeout, secret);
        }

        /** No body is held in memory, so there is nothing to limit of all together. */
        @Produces
        @Singleton
        HttpLimits limits(ReceiverSettings settings) {
            return new HttpLimits(
                    settings.maxBody(),
                    "IMAGE_FUNCTIONS_MESSAGES_MAX_BODY",
                    Long.MAX_VALUE,
                    settings.readTimeout(),
                    settings.writeTimeout());
        }
    }
}
