import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.attribute.ModuleHashesAttribute;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.module.ModuleDescriptor;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * Makes a Java that has only the modules that a packaged function names, out of a Java of any platform, of which nothing is
 * run: its modules are linked again by the jlink of the Java that runs this, and the rest of it is copied.
 *
 * <p>Usage: {@code java Link.java JAVA_HOME FUNCTION_FOLDER OUT}
 */
final class Link {
    /** What no class names, since it is found as a service: archives that are opened as folders. */
    private static final List<String> SERVICES = List.of("jdk.zipfs");

    /** What only the processors of annotations use that Vert.x has beside its classes. */
    private static final List<String> TOOLS = List.of("java.compiler", "jdk.compiler");

    /** What a function has no use for, and the modules and archives that are made again. */
    private static final Pattern LEFT_OUT = Pattern.compile("(bin/(?!java$)|demo/|docs/|include/|jmods/|man/).*"
            + "|release|lib/(modules|src\\.zip|ct\\.sym|server/.*\\.jsa|.*\\.debuginfo)");

    private final Path modules;
    private final Map<String, ModuleDescriptor> descriptors = new HashMap<>();
    private final Map<String, String> moduleOfPackage = new HashMap<>();

    private Link(Path modules) throws IOException {
        this.modules = modules;
        for (Path module : list(modules)) {
            try (InputStream info = Files.newInputStream(module.resolve("module-info.class"))) {
                ModuleDescriptor descriptor = ModuleDescriptor.read(info);
                descriptors.put(descriptor.name(), descriptor);
                descriptor.packages().forEach(name -> moduleOfPackage.put(name, descriptor.name()));
            }
        }
    }

    public static void main(String[] args) throws IOException {
        Path java = Path.of(args[0]).toRealPath();
        Path out = Path.of(args[2]);
        Path work = Files.createTempDirectory("link");
        try (FileSystem image = FileSystems.newFileSystem(URI.create("jrt:/"), Map.of("java.home", java.toString()))) {
            Link link = new Link(image.getPath("/modules"));
            SortedSet<String> named = link.named(Path.of(args[1]));
            for (String module : link.withRequired(named)) {
                link.extract(module, work.resolve("modules"));
            }
            System.out.println("Modules that are named: " + String.join(" ", named));
            jlink(work.resolve("modules"), named, work.resolve("linked"));
        }
        copy(java, out);
        Files.copy(work.resolve("linked/lib/modules"), out.resolve("lib/modules"));
        Files.copy(work.resolve("linked/release"), out.resolve("release"));
    }

    /** The modules of which a class in a folder's archives names a class, whether it ever uses it or not. */
    private SortedSet<String> named(Path application) throws IOException {
        SortedSet<String> named = new TreeSet<>(SERVICES);
        try (Stream<Path> files = Files.walk(application)) {
            for (Path file : files.filter(name -> name.toString().endsWith(".jar")).toList()) {
                try (JarFile jar = new JarFile(file.toFile())) {
                    jar.stream()
                            .filter(entry -> entry.getName().endsWith(".class"))
                            .forEach(entry -> addNamed(jar, entry.getName(), named));
                }
            }
        }
        named.removeAll(TOOLS);
        return named;
    }

    private void addNamed(JarFile jar, String entry, SortedSet<String> named) {
        try (InputStream in = jar.getInputStream(jar.getEntry(entry))) {
            for (PoolEntry constant : ClassFile.of().parse(in.readAllBytes()).constantPool()) {
                if (constant instanceof ClassEntry type) {
                    String name = type.asInternalName().replace('/', '.');
                    String module = moduleOfPackage.get(name.substring(0, Math.max(0, name.lastIndexOf('.'))));
                    if (module != null) {
                        named.add(module);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SortedSet<String> withRequired(SortedSet<String> named) {
        SortedSet<String> all = new TreeSet<>();
        named.forEach(module -> addRequired(module, all));
        return all;
    }

    private void addRequired(String module, SortedSet<String> all) {
        if (all.add(module)) {
            descriptors.get(module).requires().stream()
                    .filter(required -> descriptors.containsKey(required.name()))
                    .forEach(required -> addRequired(required.name(), all));
        }
    }

    /** Copies a module's classes, without what the last link has added: hashes of the modules, and tables of them. */
    private void extract(String module, Path to) throws IOException {
        Path from = modules.resolve(module);
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = from.relativize(file).toString();
                Path target = to.resolve(module).resolve(name);
                if (name.startsWith("jdk/internal/module/SystemModules$")) {
                    continue;
                }
                Files.createDirectories(target.getParent());
                byte[] content = Files.readAllBytes(file);
                Files.write(target, name.equals("module-info.class") ? withoutHashes(content) : content);
            }
        }
    }

    private static byte[] withoutHashes(byte[] moduleInfo) {
        ClassFile format = ClassFile.of();
        return format.transformClass(
                format.parse(moduleInfo), ClassTransform.dropping(element -> element instanceof ModuleHashesAttribute));
    }

    private static void copy(Path java, Path out) throws IOException {
        try (Stream<Path> files = Files.walk(java)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = java.relativize(file).toString();
                if (!LEFT_OUT.matcher(name).matches()) {
                    Path target = out.resolve(name);
                    Files.createDirectories(target.getParent());
                    Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }

    /** Without the classes that jlink generates for lambda forms: those of the last link are there. */
    private static void jlink(Path modules, SortedSet<String> named, Path out) {
        int status = ToolProvider.findFirst("jlink")
                .orElseThrow()
                .run(
                        System.out,
                        System.err,
                        "--module-path",
                        modules.toString(),
                        "--add-modules",
                        String.join(",", named),
                        "--disable-plugin",
                        "generate-jli-classes",
                        "--compress",
                        "zip-6",
                        "--output",
                        out.toString());
        if (status != 0) {
            throw new IllegalStateException("jlink ended with " + status);
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList();
        }
    }
}
