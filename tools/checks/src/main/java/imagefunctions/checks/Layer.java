package imagefunctions.checks;

import java.util.List;
import java.util.stream.Stream;

/** A storey of the repository; each knows those below it only. */
enum Layer {
    RUNS("what runs", "services", "tools", "deploy"),
    FUNCTIONS("functions", "functions"),
    LIBRARIES("libraries", "libraries"),
    TEMPLATE("template", "template");

    private final String title;
    private final List<String> folders;

    Layer(String title, String... folders) {
        this.title = title;
        this.folders = List.of(folders);
    }

    String title() {
        return title;
    }

    /** The layer of a path from the repository's root. */
    static Layer of(String path) {
        String top = path.split("/")[0];
        return Stream.of(values())
                .filter(layer -> layer.folders.contains(top))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(path + " is in no layer"));
    }
}
