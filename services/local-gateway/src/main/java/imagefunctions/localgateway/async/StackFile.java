package imagefunctions.localgateway.async;

import imagefunctions.asynccalls.QueueNames;
import imagefunctions.reasons.Reason;
import imagefunctions.yaml.YamlNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** What OpenFaaS' stack file says of asynchronous calls: {@code functions.NAME.annotations}. */
final class StackFile {
    private static final String QUEUE = "com.openfaas.queue";

    private StackFile() {}

    /**
     * The queues that functions ask for, by function.
     *
     * @throws IllegalArgumentException if the file cannot be read
     */
    static Map<String, String> queues(Path file) {
        Map<String, String> queues = new TreeMap<>();
        try {
            String name = String.valueOf(file.getFileName());
            YamlNode root = YamlNode.parse(name, YamlNode.textOf(file), "functions:");
            under(root, "functions").forEach((function, settings) -> {
                YamlNode queue = under(settings, "annotations").get(QUEUE);
                if (queue != null) {
                    queues.put(function, queue.parse(StackFile::queueName));
                }
            });
        } catch (IOException e) {
            throw new IllegalArgumentException("IMAGE_FUNCTIONS_STACK: " + Reason.of(e), e);
        }
        return queues;
    }

    private static Map<String, YamlNode> under(YamlNode node, String key) {
        YamlNode below = node.mapping().get(key);
        return below == null || below.isEmpty() ? Map.of() : below.mapping();
    }

    private static String queueName(String text) {
        if (!QueueNames.isName(text)) {
            throw new IllegalArgumentException("a queue's name has 1 to 32 small letters, digits and -");
        }
        return text;
    }
}
