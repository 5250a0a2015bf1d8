package imagefunctions.localgateway;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The file that gets a line for each request ({@link AccessLogSource}): one that cannot be written ends the start. */
@Singleton
final class AccessLog {
    static final String SETTING = "image-functions.access-log";

    private final Optional<Path> file;

    AccessLog(@ConfigProperty(name = SETTING) Optional<Path> file) {
        this.file = file;
    }

    void started(@Observes StartupEvent event) {
        if (file.isPresent() && !(Files.isRegularFile(file.get()) && Files.isWritable(file.get()))) {
            throw new ConfigurationException("IMAGE_FUNCTIONS_ACCESS_LOG is " + file.get()
                    + ", which cannot be written: name a file in a folder that this user may write to.");
        }
    }
}
