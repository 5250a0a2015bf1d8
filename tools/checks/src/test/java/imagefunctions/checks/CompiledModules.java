package imagefunctions.checks;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The classes of every module of the build, and which module each is in: by where it was compiled, not by its name. */
final class CompiledModules {
    private final JavaClasses classes;
    private final SortedMap<String, Set<String>> namesByPath = new TreeMap<>();
    private final Map<String, String> pathsByName = new HashMap<>();

    private CompiledModules(JavaClasses classes) {
        this.classes = classes;
    }

    static CompiledModules none() {
        return new CompiledModules(new ClassFileImporter().importPaths(List.of()));
    }

    static CompiledModules of(Path root) throws IOException {
        Map<String, Path> compiled = new TreeMap<>();
        for (Module module : Modules.of(root)) {
            if (!module.aggregator()) {
                compiled.put(module.path(), root.resolve(module.path()).resolve("target/classes"));
            }
        }
        List<Path> there = new ArrayList<>(compiled.values());
        there.removeIf(folder -> !Files.isDirectory(folder));
        CompiledModules modules = new CompiledModules(new ClassFileImporter().importPaths(there));
        compiled.forEach((path, folder) -> modules.namesByPath.put(path, new TreeSet<>()));
        for (JavaClass one : modules.classes) {
            Path file = Path.of(one.getSource().orElseThrow().getUri());
            compiled.forEach((path, folder) -> {
                if (file.startsWith(folder)) {
                    modules.namesByPath
                            .computeIfAbsent(path, name -> new TreeSet<>())
                            .add(one.getName());
                    modules.pathsByName.put(one.getName(), path);
                }
            });
        }
        return modules;
    }

    JavaClasses classes() {
        return classes;
    }

    Set<String> paths() {
        return namesByPath.keySet();
    }

    Set<String> withoutClasses() {
        return namesByPath.entrySet().stream()
                .filter(module -> module.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Who uses modules whose path begins so from another module, as {@code USER -> USED}. */
    SortedSet<String> users(String used) {
        SortedSet<String> users = new TreeSet<>();
        for (JavaClass one : classes) {
            String user = path(one.getName());
            for (JavaClass other : known(one)) {
                String owner = path(other.getName());
                if (owner.startsWith(used) && !owner.equals(user)) {
                    users.add(user + " -> " + owner);
                }
            }
        }
        return users;
    }

    /** The paths of other modules that are known to modules whose path begins so. */
    SortedSet<String> known(String user) {
        SortedSet<String> known = new TreeSet<>();
        for (JavaClass one : classes) {
            if (path(one.getName()).startsWith(user)) {
                for (JavaClass other : known(one)) {
                    String owner = path(other.getName());
                    if (!owner.isEmpty() && !owner.equals(path(one.getName()))) {
                        known.add(owner);
                    }
                }
            }
        }
        return known;
    }

    /** Which classes of none of the modules are known to modules whose path begins so, as {@code USER: CLASS}. */
    SortedSet<String> foreign(String user, Predicate<String> which) {
        SortedSet<String> foreign = new TreeSet<>();
        for (JavaClass one : classes) {
            if (path(one.getName()).startsWith(user)) {
                for (JavaClass other : known(one)) {
                    String name = other.getName();
                    if (path(name).isEmpty() && which.test(name)) {
                        foreign.add(path(one.getName()) + ": " + name);
                    }
                }
            }
        }
        return foreign;
    }

    /** Packages that are in more than one module. */
    SortedMap<String, Set<String>> splitPackages() {
        SortedMap<String, Set<String>> owners = new TreeMap<>();
        for (JavaClass one : classes) {
            owners.computeIfAbsent(one.getPackageName(), name -> new TreeSet<>())
                    .add(path(one.getName()));
        }
        owners.values().removeIf(paths -> paths.size() == 1);
        return owners;
    }

    private static Set<JavaClass> known(JavaClass one) {
        return one.getDirectDependenciesFromSelf().stream()
                .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                .filter(known -> !known.isPrimitive())
                .collect(Collectors.toSet());
    }

    /** The module of a class; empty if it is in none. */
    String path(String name) {
        return pathsByName.getOrDefault(name, "");
    }
}
