package imagefunctions.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Writes the manifests of all functions, each a template of deploy/kubernetes/templates filled for each function. */
public final class Manifests {
    private static final Path FOLDER = Path.of("deploy/kubernetes");
    private static final String OPENFAAS = "http://gateway.openfaas:8080";
    private static final String OURS = "http://gateway:8080";
    private static final Predicate<StackFunction> BUCKETS = StackFunction::needsStore;

    private static final List<Rendered> MANIFESTS = List.of(
            new Rendered("openfaas", "openfaas/functions.yaml", OPENFAAS, function -> true),
            new Rendered("plain", "plain/functions.yaml", OURS, BUCKETS.negate()),
            new Rendered("plain", "plain/s3/functions.yaml", OURS, BUCKETS),
            // Whoever reaches the functions of buckets acts with the store's keys.
            new Rendered("ingress", "plain/ingress/functions.yaml", OURS, BUCKETS.negate()),
            new Rendered("knative", "knative/functions.yaml", OURS, BUCKETS.negate()),
            new Rendered("knative", "knative/s3/functions.yaml", OURS, BUCKETS));

    private Manifests() {}

    /** Which template makes which file, of which functions, and where these find the gateway. */
    private record Rendered(String template, String file, String gateway, Predicate<StackFunction> functions) {

        String text(Path root) throws IOException {
            Template filled = Template.read(root.resolve(FOLDER).resolve("templates/" + template + ".yaml"));
            StringBuilder text =
                    new StringBuilder("# Made by ./run manifests of stack.yml and templates/" + template + ".yaml.\n");
            Map<String, String> variables =
                    Map.of("REGISTRY", "registry.example.com/image-functions", "TAG", "1.0.0", "GATEWAY_URL", gateway);
            for (StackFunction function : StackFunction.read(root.resolve("stack.yml"), variables)) {
                if (functions.test(function)) {
                    text.append(filled.with(function.values()));
                }
            }
            return text.toString();
        }
    }

    /** The files below a repository's root, and what belongs into them. */
    static Map<Path, String> of(Path root) throws IOException {
        Map<Path, String> files = new LinkedHashMap<>();
        for (Rendered manifest : MANIFESTS) {
            files.put(FOLDER.resolve(manifest.file()), manifest.text(root));
        }
        return files;
    }

    /**
     * Writes them.
     *
     * @param args the root of the repository
     */
    public static void main(String[] args) throws IOException {
        Path root = Path.of(args[0]);
        for (Map.Entry<Path, String> file : of(root).entrySet()) {
            Files.writeString(root.resolve(file.getKey()), file.getValue());
        }
    }
}
