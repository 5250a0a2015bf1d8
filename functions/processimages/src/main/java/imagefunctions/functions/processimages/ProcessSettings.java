package imagefunctions.functions.processimages;

import imagefunctions.functions.processimages.rules.KnownTargets;
import imagefunctions.functions.processimages.rules.Rules;
import imagefunctions.functions.processimages.rules.RulesFile;
import imagefunctions.functions.processimages.rules.Target;
import imagefunctions.gateways.GatewaySettings;
import imagefunctions.runtime.funqy.CallLimits;
import imagefunctions.runtime.http.HttpLimits;
import imagefunctions.storage.Buckets;
import imagefunctions.yaml.YamlNode;
import io.quarkus.arc.DefaultBean;
import io.quarkus.runtime.Startup;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The limits on conversions, and where the functions are.
 *
 * @param gateways how to call the gateways
 * @param maxObjects maximum number of objects of one call
 * @param concurrency concurrent conversions of one call
 * @param maxBytes maximum bytes of one picture
 * @param callTimeout time limit for one call
 * @param functionTimeout time limit for one call of the function: less, to leave time to record that it failed
 * @param initialBackoff the time before reconcile retries a failed picture, doubled with each failure
 */
record ProcessSettings(
        GatewaySettings gateways,
        int maxObjects,
        int concurrency,
        long maxBytes,
        Duration callTimeout,
        Duration functionTimeout,
        Duration initialBackoff) {

    ProcessSettings {
        if (maxObjects < 1 || concurrency < 1 || initialBackoff.toMillis() < 1) {
            throw new IllegalArgumentException("IMAGE_FUNCTIONS_PROCESS_MAX_OBJECTS is " + maxObjects
                    + ", IMAGE_FUNCTIONS_PROCESS_AT_A_TIME " + concurrency + " and IMAGE_FUNCTIONS_PROCESS_FIRST_WAIT "
                    + initialBackoff + ": set each to 1 or more");
        }
    }

    @ConfigMapping(prefix = "image-functions")
    interface Environment {
        @WithDefault("bw")
        String processFunction();

        Optional<Path> rules();

        @WithDefault("1000")
        int processMaxObjects();

        @WithName("process-at-a-time")
        @WithDefault("4")
        int processConcurrency();

        @WithDefault("1m")
        Duration processFirstWait();
    }

    /** Reads the settings from the environment. */
    @Singleton
    static final class FromEnvironment {
        /** At the start, so that an error in the file stops it. */
        @Produces
        @Singleton
        @Startup
        Rules rules(Environment environment, Buckets buckets, KnownTargets targets) {
            return environment
                    .rules()
                    .map(file -> ofFile(file, buckets, targets))
                    .orElseGet(() -> Rules.builtIn(function(environment.processFunction(), targets), buckets));
        }

        /** Who calls functions at a gateway knows none of them. */
        @Produces
        @Singleton
        @DefaultBean
        KnownTargets targets() {
            return KnownTargets.UNKNOWN;
        }

        private static Rules ofFile(Path file, Buckets buckets, KnownTargets targets) {
            try {
                return RulesFile.read(
                        String.valueOf(file.getFileName()), YamlNode.textOf(file), buckets.failed(), targets);
            } catch (IOException e) {
                throw new UncheckedIOException(
                        "IMAGE_FUNCTIONS_RULES is " + file + ", which cannot be read: name a file of rules, or leave it"
                                + " unset",
                        e);
            }
        }

        private static Target function(String setting, KnownTargets targets) {
            try {
                Target target = Target.parse(setting);
                targets.check(target);
                return target;
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "IMAGE_FUNCTIONS_PROCESS_FUNCTION is " + setting + ": " + e.getMessage()
                                + ", or chaining?workflow=NAME",
                        e);
            }
        }

        @Produces
        @Singleton
        ProcessSettings settings(
                Environment environment, GatewaySettings gateways, HttpLimits bodies, CallLimits calls) {
            return new ProcessSettings(
                    gateways,
                    environment.processMaxObjects(),
                    environment.processConcurrency(),
                    bodies.maxBody(),
                    calls.execTimeout().multipliedBy(8).dividedBy(10),
                    calls.execTimeout().multipliedBy(7).dividedBy(10),
                    environment.processFirstWait());
        }
    }
}
