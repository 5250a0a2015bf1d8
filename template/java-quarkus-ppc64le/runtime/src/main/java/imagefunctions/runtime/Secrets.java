package imagefunctions.runtime;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Secrets as container platforms mount them: one file each, in the first of the folders that has it. */
@Singleton
public final class Secrets {
    private final List<Path> folders;

    @Inject
    Secrets(OpenFaasSettings settings) {
        this(settings.secretMountPath());
    }

    Secrets(List<Path> folders) {
        this.folders = folders;
    }

    /** The secret's file, if there is one; Kubernetes wants dashes in a file's name. */
    public Optional<String> get(String name) {
        for (Path folder : folders) {
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
        }
        return Optional.empty();
    }

    /** The secret's file, else what the setting of the same name says. */
    public Optional<String> get(String name, Optional<String> setting) {
        return get(name).or(() -> setting);
    }
}
