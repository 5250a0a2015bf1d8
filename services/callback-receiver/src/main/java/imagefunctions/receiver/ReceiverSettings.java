package imagefunctions.receiver;

import imagefunctions.runtime.OpenFaasSettings;
import imagefunctions.runtime.http.HttpLimits;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

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

    @ConfigMapping(prefix = "image-functions.messages")
    interface Environment {
        @WithDefault("messages")
        Path folder();

        @WithDefault("4G")
        MemorySize maxBytes();

        @WithDefault("10000")
        int maxCount();

        @WithDefault("64M")
        MemorySize maxBody();
    }

    /** What the gateway that calls back has as well. */
    @ConfigMapping(prefix = "image-functions")
    interface Callbacks {
        Optional<String> callbackSecret();
    }

    /** Reads the settings from the environment. */
    @Singleton
    static final class FromEnvironment {
        @Produces
        @Singleton
        ReceiverSettings settings(Environment environment, Callbacks callbacks, OpenFaasSettings openFaas) {
            return new ReceiverSettings(
                    environment.folder(),
                    environment.maxBytes().asLongValue(),
                    environment.maxCount(),
                    environment.maxBody().asLongValue(),
                    openFaas.readTimeout(),
                    openFaas.writeTimeout(),
                    callbacks.callbackSecret());
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
