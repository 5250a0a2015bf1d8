package imagefunctions.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A text, a list or a mapping in a YAML file, with its line number. */
public final class YamlNode {
    private static final int MAX_NODES = 10_000;
    private static final int MAX_DEPTH = 50;
    private static final int MAX_BYTES = 1 << 20;
    private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9]\\d{0,17})");
    private static final Pattern DECIMAL = Pattern.compile("-?(0|[1-9]\\d{0,17})\\.\\d{1,18}");

    private final String file;
    private final Node node;

    private YamlNode(String file, Node node) {
        this.file = file;
        this.node = node;
    }

    /**
     * The text of a file.
     *
     * @throws InvalidFileException if it is larger than anybody would write it
     */
    public static String textOf(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] text = in.readNBytes(MAX_BYTES + 1);
            if (text.length > MAX_BYTES) {
                throw new InvalidFileException(
                        String.valueOf(file.getFileName()),
                        1,
                        "the file is too large: at most " + MAX_BYTES + " bytes are allowed");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(text))
                    .toString();
        }
    }

    /**
     * Reads a file's text.
     *
     * @param file its name, for errors
     * @param begin what the file must start with, for the error of one that is empty
     * @throws InvalidFileException if it is not YAML, is empty, or is larger than anybody would write it
     */
    public static YamlNode parse(String file, String text, String begin) {
        try {
            Node root = new Yaml(new LoaderOptions()).compose(new StringReader(text));
            if (root == null) {
                throw new InvalidFileException(file, 1, "the file is empty: it must start with \"" + begin + "\"");
            }
            YamlNode document = new YamlNode(file, root);
            document.measure(0, new int[] {MAX_NODES});
            return document;
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            throw new InvalidFileException(file, line, "this is not YAML: " + e.getProblem());
        } catch (YAMLException e) {
            throw new InvalidFileException(file, 1, "this is not YAML: " + e.getMessage());
        }
    }

    /** Limits the size: an alias counts each time it is used, so aliases could make a file endless or nearly so. */
    private void measure(int depth, int[] left) {
        if (depth > MAX_DEPTH || --left[0] < 0) {
            throw error("the file is too large: at most " + MAX_NODES + " entries nested " + MAX_DEPTH
                    + " deep are allowed, counting what each alias refers to");
        }
        switch (node) {
            case SequenceNode list ->
                list.getValue().forEach(item -> new YamlNode(file, item).measure(depth + 1, left));
            case MappingNode mapping ->
                mapping.getValue().forEach(tuple -> {
                    new YamlNode(file, tuple.getKeyNode()).measure(depth + 1, left);
                    new YamlNode(file, tuple.getValueNode()).measure(depth + 1, left);
                });
            default -> {}
        }
    }

    public InvalidFileException error(String message) {
        return new InvalidFileException(file, node.getStartMark().getLine() + 1, message);
    }

    public boolean isText() {
        return node instanceof ScalarNode;
    }

    public boolean isList() {
        return node instanceof SequenceNode;
    }

    public boolean isEmpty() {
        return switch (node) {
            case ScalarNode s -> s.getValue().isBlank();
            case SequenceNode s -> s.getValue().isEmpty();
            case MappingNode m -> m.getValue().isEmpty();
            default -> false;
        };
    }

    public boolean isMapping() {
        return node instanceof MappingNode;
    }

    public String text() {
        if (node instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
            return scalar.getValue();
        }
        throw error("expected text here, but found " + kind());
    }

    /** A number (Long or BigDecimal), true or false where the text is written as JSON has them, else the text. */
    public Object value() {
        String text = text();
        boolean plain = ((ScalarNode) node).isPlain();
        if (plain && INTEGER.matcher(text).matches()) {
            return Long.valueOf(text);
        }
        if (plain && DECIMAL.matcher(text).matches()) {
            return new BigDecimal(text);
        }
        return plain && (text.equals("true") || text.equals("false")) ? (Object) Boolean.valueOf(text) : text;
    }

    public List<YamlNode> list() {
        if (node instanceof SequenceNode sequence && !sequence.getValue().isEmpty()) {
            return sequence.getValue().stream()
                    .map(item -> new YamlNode(file, item))
                    .toList();
        }
        throw error("expected a list here, but found " + kind());
    }

    /** The mapping's entries by key; duplicate keys are an error. */
    public Map<String, YamlNode> mapping() {
        if (!(node instanceof MappingNode mapping)) {
            throw error("expected a mapping (key: value) here, but found " + kind());
        }
        Map<String, YamlNode> byKey = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            YamlNode key = new YamlNode(file, tuple.getKeyNode());
            if (byKey.put(key.text(), new YamlNode(file, tuple.getValueNode())) != null) {
                throw key.error("the key \"" + key.text() + "\" occurs twice here");
            }
        }
        return byKey;
    }

    /** The mapping's entries; a key that {@code what} does not have is an error. */
    public Map<String, YamlNode> mapping(String what, Collection<String> known) {
        Map<String, YamlNode> byKey = mapping();
        for (NodeTuple tuple : ((MappingNode) node).getValue()) {
            YamlNode key = new YamlNode(file, tuple.getKeyNode());
            if (!known.contains(key.text())) {
                throw key.error(what + " has no key \"" + key.text() + "\"; it has: " + String.join(", ", known));
            }
        }
        return byKey;
    }

    /** Parses the text; the message of a parser's IllegalArgumentException says what to write instead. */
    public <T> T parse(Function<String, T> parser) {
        String text = text();
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw error("\"" + text + "\" is not valid here: " + e.getMessage());
        }
    }

    private String kind() {
        return switch (node) {
            case ScalarNode s -> s.getValue().isBlank() ? "nothing" : "the text \"" + s.getValue() + "\"";
            case SequenceNode s -> s.getValue().isEmpty() ? "an empty list" : "a list";
            default -> "a mapping";
        };
    }
}
