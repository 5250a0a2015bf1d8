package imagefunctions.runtime.http;

import imagefunctions.runtime.OpenFaasSettings;
import imagefunctions.runtime.Problem;
import io.quarkus.arc.DefaultBean;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/**
 * How large a request's body may be, and how long it and its answer may take. An application with settings of its own
 * for that produces a bean of its own.
 *
 * @param maxBody bytes of one request's body
 * @param maxBodySetting the environment variable that sets {@code maxBody}, as answers name it
 * @param maxHeld bytes of all bodies held in memory together
 * @param readTimeout time for one body to arrive
 * @param writeTimeout time for one answer to be taken by its caller
 */
public record HttpLimits(
        long maxBody, String maxBodySetting, long maxHeld, Duration readTimeout, Duration writeTimeout) {

    public HttpLimits {
        within(maxBodySetting, maxBody, 1, Integer.MAX_VALUE - 8, " bytes");
        within("IMAGE_FUNCTIONS_MAX_HELD", maxHeld, maxBody, Long.MAX_VALUE, " bytes; it is never below MAX_BODY");
        within("read_timeout", readTimeout.toMillis(), 1, Integer.MAX_VALUE, " ms, as 60s or 500ms");
        within("write_timeout", writeTimeout.toMillis(), 1, Integer.MAX_VALUE, " ms, as 60s or 500ms");
    }

    /** The problem of a body that is larger than {@code maxBody}. */
    public Problem tooLarge() {
        return ofOneBody().tooLarge();
    }

    SizeLimit ofOneBody() {
        return new SizeLimit(maxBody, maxBodySetting);
    }

    /**
     * Checks a setting's range.
     *
     * @throws IllegalArgumentException naming the setting, if its value is out of range
     */
    public static void within(String name, long value, long least, long most, String hint) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    name + " is " + value + ": set it from " + least + " to " + most + hint + ".");
        }
    }

    @ConfigMapping(prefix = "image-functions")
    interface Environment {
        Optional<MemorySize> maxBody();

        Optional<MemorySize> maxHeld();
    }

    /** Reads the limits from the environment. */
    @Singleton
    static final class FromSettings {
        @Produces
        @DefaultBean
        @Singleton
        HttpLimits limits(Environment environment, OpenFaasSettings openFaas) {
            HeapShare share = HeapShare.of(
                    Runtime.getRuntime().maxMemory(),
                    environment.maxBody().map(MemorySize::asLongValue),
                    environment.maxHeld().map(MemorySize::asLongValue));
            return new HttpLimits(
                    share.maxBody(),
                    "IMAGE_FUNCTIONS_MAX_BODY",
                    share.maxHeld(),
                    openFaas.readTimeout(),
                    openFaas.writeTimeout());
        }
    }
}
