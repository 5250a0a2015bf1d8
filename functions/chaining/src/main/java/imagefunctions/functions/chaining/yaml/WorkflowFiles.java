package imagefunctions.functions.chaining.yaml;

import imagefunctions.functions.chaining.workflow.Workflow;
import imagefunctions.gatewayclient.Gateways;
import imagefunctions.yaml.InvalidFileException;
import imagefunctions.yaml.YamlNode;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** All workflow files, read together since one may include another. */
public final class WorkflowFiles {
    private final Map<String, String> files;
    private final WorkflowReader reader;
    private final SortedMap<String, Workflow> read = new TreeMap<>();
    private final Deque<String> inProgress = new ArrayDeque<>();
    /** The texts of each workflow in progress, and of those that it has included so far. */
    private final Deque<Map<String, String>> texts = new ArrayDeque<>();

    private WorkflowFiles(Map<String, String> files, Optional<Gateways> gateways) {
        this.files = files;
        this.reader = new WorkflowReader(gateways, this::included);
    }

    /**
     * Reads and checks every file.
     *
     * @param files the text of each file by the file's name, {@code photos.yml}
     * @param gateways overrides every file's {@code gateway_url}
     * @return the workflows by file name without extension, {@code photos}
     * @throws InvalidFileException for the first error
     */
    public static SortedMap<String, Workflow> read(Map<String, String> files, Optional<Gateways> gateways) {
        WorkflowFiles all = new WorkflowFiles(files, gateways);
        for (String file : new TreeMap<>(files).keySet()) {
            all.workflow(file);
        }
        return Collections.unmodifiableSortedMap(all.read);
    }

    /** The name of the workflow in this file. */
    static String nameOf(String file) {
        return file.replaceFirst("\\.ya?ml$", "");
    }

    private Workflow workflow(String file) {
        String name = nameOf(file);
        Workflow known = read.get(name);
        if (known != null) {
            return known;
        }
        String text = files.getOrDefault(file, "");
        inProgress.addLast(name);
        texts.addLast(new TreeMap<>(Map.of(file, text)));
        Workflow workflow = reader.read(name, YamlNode.parse(file, text, "workflow:"), texts.getLast());
        inProgress.removeLast();
        texts.removeLast();
        read.put(name, workflow);
        return workflow;
    }

    private Workflow included(YamlNode node) {
        String name = node.text();
        if (inProgress.contains(name)) {
            throw node.error(
                    "the workflows include each other in a cycle: " + String.join(" -> ", inProgress) + " -> " + name);
        }
        Workflow workflow = files.keySet().stream()
                .filter(file -> nameOf(file).equals(name))
                .findFirst()
                .map(this::workflow)
                .orElseThrow(() -> node.error("there is no workflow \"" + name + "\"; the workflows are: "
                        + String.join(
                                ", ",
                                files.keySet().stream()
                                        .map(WorkflowFiles::nameOf)
                                        .sorted()
                                        .toList())));
        texts.getLast().putAll(workflow.files());
        return workflow;
    }
}
