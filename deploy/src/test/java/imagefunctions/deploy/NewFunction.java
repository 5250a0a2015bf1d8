package imagefunctions.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A function made from the template in a folder of its own, with the examples of the docs beside its handler. */
final class NewFunction {
    private static final Pattern EXAMPLE =
            Pattern.compile("```java\\n(package function;.*?public final class (\\w+) .*?)```", Pattern.DOTALL);
    private static final Path FOLDER = Path.of("target/new").toAbsolutePath();

    private NewFunction() {}

    /** Makes it as {@code faas-cli new} does, builds it, and gives back the packaged application. */
    static Path build() throws IOException, InterruptedException {
        Path template = FOLDER.resolve("template/java-quarkus-ppc64le");
        Command.run(Path.of("."), "rm", "-rf", FOLDER.toString());
        copy(Yaml.path("template/java-quarkus-ppc64le"), template);
        copy(template.resolve("function"), FOLDER.resolve("hello"));
        for (Map.Entry<String, String> example : examples().entrySet()) {
            Files.writeString(FOLDER.resolve("hello/" + example.getKey() + ".java"), example.getValue());
        }
        Files.writeString(FOLDER.resolve("pom.xml"), """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  <parent>
                    <groupId>imagefunctions</groupId>
                    <artifactId>java-quarkus-ppc64le</artifactId>
                    <version>1.0.0</version>
                    <relativePath>template/java-quarkus-ppc64le</relativePath>
                  </parent>
                  <artifactId>reactor</artifactId>
                  <packaging>pom</packaging>
                  <modules>
                    <module>template/java-quarkus-ppc64le</module>
                    <module>template/java-quarkus-ppc64le/runtime</module>
                    <module>hello</module>
                  </modules>
                </project>
                """);
        Command.run(
                FOLDER,
                "mvn",
                "--batch-mode",
                "--no-transfer-progress",
                "--quiet",
                "-DskipChecks",
                "-Dmaven.test.skip=true",
                "-Dquarkus.package.jar.type=aot-jar",
                "package",
                "quarkus:build");
        return FOLDER.resolve("hello/target/quarkus-app/quarkus-run.jar");
    }

    /** The examples of docs/template.md, by the class' name. */
    static Map<String, String> examples() throws IOException {
        Matcher example = EXAMPLE.matcher(Files.readString(Yaml.path("docs/template.md")));
        Map<String, String> examples = new java.util.TreeMap<>();
        while (example.find()) {
            examples.put(example.group(2), example.group(1));
        }
        return examples;
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
