package imagefunctions.runtime;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigMapping.NamingStrategy;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The settings that OpenFaaS defines, by its names: {@code exec_timeout} and the like. */
@ConfigMapping(prefix = "", namingStrategy = NamingStrategy.SNAKE_CASE)
public interface OpenFaasSettings {
    /** Time limit for one call, from the last byte of its body to its response. */
    @WithDefault("60s")
    Duration execTimeout();

    /** Time limit for one request body to arrive. */
    @WithDefault("60s")
    Duration readTimeout();

    /** Time limit for one response to be sent. */
    @WithDefault("60s")
    Duration writeTimeout();

    /** Calls that may run or wait at the same time; 0 for as many as the threads and the queue allow. */
    @WithDefault("0")
    int maxInflight();

    /** Whether not to write the file {@code .lock} that shows that a container takes calls. */
    @WithDefault("false")
    @WithConverter(TrueOrFalse.class)
    boolean suppressLock();

    /** The folders in which to look for secrets, in this order. */
    @WithDefault("/run/secrets,/var/openfaas/secrets")
    List<Path> secretMountPath();
}
