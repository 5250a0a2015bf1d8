package imagefunctions.bucketfunction;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Secrets as OpenFaaS mounts them, one file each.
 *
 * @param folder that holds them; it may be missing
 */
public record Secrets(Path folder) {

    /** The secret's file, else what the setting of the same name says; Kubernetes wants dashes in a file's name. */
    public Optional<String> get(String name, Optional<String> setting) {
        for (String file : new String[] {name, name.replace('_', '-')}) {
            Path secret = folder.resolve(file);
            if (Files.isRegularFile(secret)) {
                try {
                    return Optional.of(Files.readString(secret).strip());
                } catch (IOException e) {
                    throw new UncheckedIOException("The secret " + secret + " cannot be read.", e);
                }
            }
        }
        return setting;
    }
}
