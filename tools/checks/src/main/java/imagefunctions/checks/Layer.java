package imagefunctions.checks;

import java.nio.file.Path;

/** A layer of the repository; each knows only those below it. */
enum Layer {
    RUNS("what runs"),
    FUNCTIONS("functions"),
    LIBRARIES("libraries"),
    TEMPLATE("template");

    private final String title;

    Layer(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** The layer of a path from the repository's root. */
    static Layer of(String path) {
        return switch (Path.of(path).getName(0).toString()) {
            case "services", "tools", "deploy" -> RUNS;
            case "functions", "samples" -> FUNCTIONS;
            case "libraries" -> LIBRARIES;
            case "template" -> TEMPLATE;
            default -> throw new IllegalArgumentException(path + " is in no layer");
        };
    }
}
