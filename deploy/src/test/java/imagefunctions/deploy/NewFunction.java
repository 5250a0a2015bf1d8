package imagefunctions.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A function made from the template in a folder of its own, as docs/template.md says, with its examples beside it. */
final class NewFunction {
    private static final Pattern EXAMPLE =
            Pattern.compile("```java\\n(package function;.*?public final class (\\w+) .*?)```", Pattern.DOTALL);
    private static final Pattern COMMANDS = Pattern.compile("```\\n(mvn -f template/.*?)```", Pattern.DOTALL);

    private NewFunction() {}

    /** Makes and builds it in an empty folder, and gives back the application that the last command starts. */
    static Path build(Path folder) throws IOException, InterruptedException {
        Path template = folder.resolve("template/java-quarkus-ppc64le");
        copy(Yaml.path("template/java-quarkus-ppc64le"), template);
        copy(template.resolve("function"), folder.resolve("hello"));
        for (Map.Entry<String, String> example : examples().entrySet()) {
            Files.writeString(folder.resolve("hello/" + example.getKey() + ".java"), example.getValue());
        }
        List<String> commands = commands();
        String start = commands.removeLast();
        Map<String, String> environment = Map.of(
                "MAVEN_OPTS",
                "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Dmaven.repo.local="
                        + localRepository(folder.resolve("repository")));
        for (String command : commands) {
            Command.run(folder, environment, command.split(" "));
        }
        return folder.resolve(start.replace("java -jar ", ""));
    }

    /** The commands of docs/template.md that install the template, build a function and start it. */
    static List<String> commands() throws IOException {
        Matcher commands = COMMANDS.matcher(Files.readString(Yaml.path("docs/template.md")));
        if (!commands.find()) {
            throw new IOException("docs/template.md has no commands");
        }
        return new ArrayList<>(commands.group(1).lines().toList());
    }

    /** The examples of docs/template.md, by the class' name. */
    static Map<String, String> examples() throws IOException {
        Matcher example = EXAMPLE.matcher(Files.readString(Yaml.path("docs/template.md")));
        Map<String, String> examples = new TreeMap<>();
        while (example.find()) {
            examples.put(example.group(2), example.group(1));
        }
        return examples;
    }

    /** The user's own repository, by links, but for what is installed from here. */
    private static Path localRepository(Path repository) throws IOException {
        Files.createDirectories(repository);
        try (Stream<Path> groups = Files.list(Path.of(System.getProperty("local.repository")))) {
            for (Path group : groups.filter(Files::isDirectory).toList()) {
                if (!group.endsWith("imagefunctions")) {
                    Files.createSymbolicLink(repository.resolve(group.getFileName()), group);
                }
            }
        }
        return repository;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path relative = from.relativize(file);
                if (Stream.of(relative.toString().split("/")).noneMatch("target"::equals)) {
                    Path target = to.resolve(relative);
                    Files.createDirectories(target.getParent());
                    Files.copy(file, target);
                }
            }
        }
    }
}
