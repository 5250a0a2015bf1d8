package imagefunctions.functions.chaining;

import imagefunctions.functions.chaining.workflow.Workflow;
import imagefunctions.functions.chaining.yaml.WorkflowFiles;
import imagefunctions.gatewayclient.Gateways;
import imagefunctions.yaml.YamlNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The workflows of a folder, one {@code NAME.yml} each; the built-in one stands in for a missing {@code workflow.yml}. */
final class WorkflowFolder {
    static final String DEFAULT = "workflow";

    private static final String DEFAULT_FILE = DEFAULT + ".yml";

    private WorkflowFolder() {}

    static SortedMap<String, Workflow> read(Optional<Path> folder, Optional<Gateways> gateways) {
        try {
            Map<String, String> files = new TreeMap<>();
            if (folder.isPresent()) {
                for (Path file : files(folder.get())) {
                    files.put(file.getFileName().toString(), YamlNode.textOf(file));
                }
            }
            if (!files.containsKey(DEFAULT_FILE) && !files.containsKey(DEFAULT + ".yaml")) {
                files.put(DEFAULT_FILE, builtIn());
            }
            return WorkflowFiles.read(files, gateways);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "IMAGE_FUNCTIONS_WORKFLOWS is " + folder.orElseThrow() + ", which cannot be read: name a folder of"
                            + " workflow files, or leave it unset",
                    e);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().matches(".*\\.ya?ml") && Files.isRegularFile(file))
                    .toList();
        }
    }

    private static String builtIn() throws IOException {
        try (InputStream file = WorkflowFolder.class.getResourceAsStream("/" + DEFAULT_FILE)) {
            if (file == null) {
                throw new IllegalStateException(DEFAULT_FILE + " is missing from the jar");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
