package imagefunctions.deploy;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** YAML files of this repository, as JSON. */
final class Yaml {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private Yaml() {}

    static Path path(String path) {
        return ROOT.resolve(path);
    }

    static List<JsonObject> documents(String path) throws IOException {
        return parse(Files.readString(path(path)));
    }

    static List<JsonObject> parse(String text) {
        org.yaml.snakeyaml.Yaml yaml = new org.yaml.snakeyaml.Yaml(new SafeConstructor(new LoaderOptions()));
        List<JsonObject> documents = new ArrayList<>();
        for (Object document : yaml.loadAll(text)) {
            JsonElement json = new Gson().toJsonTree(document);
            documents.add(json.getAsJsonObject());
        }
        return documents;
    }
}
