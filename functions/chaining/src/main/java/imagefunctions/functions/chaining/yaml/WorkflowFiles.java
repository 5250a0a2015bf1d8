package imagefunctions.functions.chaining.yaml;

import imagefunctions.functions.chaining.workflow.Workflow;
import imagefunctions.gatewayclient.Gateways;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** All workflow files together, since one may include another. */
public final class WorkflowFiles {
    private final Map<String, String> files;
    private final WorkflowReader reader;
    private final SortedMap<String, Workflow> read = new TreeMap<>();
    private final Deque<String> beingRead = new ArrayDeque<>();

    private WorkflowFiles(Map<String, String> files, Optional<Gateways> gateways) {
        this.files = files;
        this.reader = new WorkflowReader(gateways, this::included);
    }

    /**
     * Reads and checks every file.
     *
     * @param files the text of each file by the file's name, {@code photos.yml}
     * @param gateways what takes the place of every file's {@code gateway_url}
     * @return the workflows by the file's name without its suffix, {@code photos}
     * @throws InvalidWorkflowException for the first thing that is wrong
     */
    public static SortedMap<String, Workflow> read(Map<String, String> files, Optional<Gateways> gateways) {
        WorkflowFiles all = new WorkflowFiles(files, gateways);
        for (String file : new TreeMap<>(files).keySet()) {
            all.flow(file);
        }
        return Collections.unmodifiableSortedMap(all.read);
    }

    /** The name that a workflow goes by. */
    static String nameOf(String file) {
        return file.replaceFirst("\\.ya?ml$", "");
    }

    private Workflow flow(String file) {
        String name = nameOf(file);
        Workflow known = read.get(name);
        if (known != null) {
            return known;
        }
        beingRead.addLast(name);
        Workflow flow = reader.read(name, YamlNode.parse(file, files.getOrDefault(file, "")));
        beingRead.removeLast();
        read.put(name, flow);
        return flow;
    }

    private Workflow included(YamlNode entry) {
        String name = entry.text();
        if (beingRead.contains(name)) {
            throw entry.wrong(
                    "the workflows include each other in a circle: " + String.join(" -> ", beingRead) + " -> " + name);
        }
        return files.keySet().stream()
                .filter(file -> nameOf(file).equals(name))
                .findFirst()
                .map(this::flow)
                .orElseThrow(() -> entry.wrong("there is no workflow \"" + name + "\"; there are: "
                        + String.join(
                                ", ",
                                files.keySet().stream()
                                        .map(WorkflowFiles::nameOf)
                                        .sorted()
                                        .toList())));
    }
}
