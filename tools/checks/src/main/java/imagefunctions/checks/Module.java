package imagefunctions.checks;

import static java.util.Objects.requireNonNull;

import java.util.SortedSet;

/**
 * A module of the build.
 *
 * @param path its folder, from the root of the repository
 * @param name its artifact's name, which is its folder's too
 * @param title what it is, in a line; empty if its POM does not say
 * @param version its version
 * @param aggregator whether it has no code of its own but a POM for others
 * @param uses the names of the modules that it is compiled and runs with
 */
record Module(String path, String name, String title, String version, boolean aggregator, SortedSet<String> uses) {

    Module {
        requireNonNull(path);
        requireNonNull(name);
        requireNonNull(title);
        requireNonNull(version);
        requireNonNull(uses);
    }

    Layer layer() {
        return Layer.of(path);
    }
}
