package imagefunctions.functions.chaining.yaml;

import imagefunctions.functions.chaining.flow.Flow;
import imagefunctions.gatewayclient.Gateways;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** All workflow files together, since one may include another. */
public final class FlowFiles {
    private final Map<String, String> files;
    private final FlowReader reader;
    private final SortedMap<String, Flow> read = new TreeMap<>();
    private final Deque<String> beingRead = new ArrayDeque<>();

    private FlowFiles(Map<String, String> files, Optional<Gateways> gateways) {
        this.files = files;
        this.reader = new FlowReader(gateways, this::included);
    }

    /**
     * Reads and checks every file.
     *
     * @param files the text of each file by the file's name, {@code photos.yml}
     * @param gateways what takes the place of every file's {@code gateway_url}
     * @return the workflows by the file's name without its suffix, {@code photos}
     * @throws InvalidWorkflow for the first thing that is wrong
     */
    public static SortedMap<String, Flow> read(Map<String, String> files, Optional<Gateways> gateways) {
        FlowFiles all = new FlowFiles(files, gateways);
        for (String file : new TreeMap<>(files).keySet()) {
            all.flow(file);
        }
        return Collections.unmodifiableSortedMap(all.read);
    }

    /** The name that a workflow goes by. */
    static String nameOf(String file) {
        return file.replaceFirst("\\.ya?ml$", "");
    }

    private Flow flow(String file) {
        String name = nameOf(file);
        Flow known = read.get(name);
        if (known != null) {
            return known;
        }
        beingRead.addLast(name);
        Flow flow = reader.read(name, Entry.parse(file, files.getOrDefault(file, "")));
        beingRead.removeLast();
        read.put(name, flow);
        return flow;
    }

    private Flow included(Entry entry) {
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
                                        .map(FlowFiles::nameOf)
                                        .sorted()
                                        .toList())));
    }
}
