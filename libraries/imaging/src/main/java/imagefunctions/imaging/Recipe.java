package imagefunctions.imaging;

import imagefunctions.imaging.error.BadParameterException;
import imagefunctions.imaging.operation.BlackAndWhite;
import imagefunctions.imaging.operation.Box;
import imagefunctions.imaging.operation.Draft;
import imagefunctions.imaging.operation.Fit;
import imagefunctions.imaging.operation.Operation;
import imagefunctions.imaging.operation.Pipeline;
import imagefunctions.imaging.operation.TransposeMethod;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** An operation that people can ask for by name, with its parameters and their defaults. */
public final class Recipe {

    public static final Recipe DRAFT = new Recipe(
            "draft",
            "Makes a small grey preview: an 8th, a 4th or half of the size, as long as it still covers the box.",
            List.of(
                    new Parameter("size", Box.ALLOWED, "100", "the box's width and height in one"),
                    new Parameter("width", Box.ALLOWED, "that of size", "the width that the preview still covers"),
                    new Parameter("height", Box.ALLOWED, "that of size", "the height that the preview still covers"),
                    Query.quality("75"),
                    Query.AUTOROTATE),
            query -> List.of(query.autorotate(), new Draft(query.boxOrSize(100)), query.qualityOr(75)));

    public static final Recipe BW = new Recipe(
            "bw",
            "Makes a picture grey, at its own size and quality.",
            List.of(Query.width("its own"), Query.height("its own"), Query.quality("its own"), Query.AUTOROTATE),
            query -> List.of(query.autorotate(), new BlackAndWhite(), new Fit(query.box()), query.quality()));

    public static final Recipe THUMBNAIL = new Recipe(
            "thumbnail",
            "Shrinks a picture to fit into a box, aspect kept, never enlarged.",
            List.of(
                    Query.width("128, or unbounded where height is given"),
                    Query.height("128, or unbounded where width is given"),
                    Query.quality("75"),
                    Query.AUTOROTATE),
            query -> List.of(query.autorotate(), new Fit(query.boxOr(128)), query.qualityOr(75)));

    public static final Recipe TRANSPOSE = new Recipe(
            "transpose",
            "Rotates or mirrors a picture, at its own quality.",
            List.of(
                    new Parameter(
                            "method",
                            TransposeMethod.ALLOWED,
                            "rotate_180",
                            "how it is rotated or mirrored; angles run anticlockwise"),
                    Query.width("its own"),
                    Query.height("its own"),
                    Query.quality("its own"),
                    Query.AUTOROTATE,
                    Query.GAIN_MAP),
            query -> List.of(
                    query.autorotate(),
                    query.transposeOr(TransposeMethod.ROTATE_180),
                    new Fit(query.box()),
                    query.quality()));

    private static final List<Recipe> ALL = List.of(DRAFT, BW, THUMBNAIL, TRANSPOSE);

    private final String name;
    private final String summary;
    private final List<Parameter> parameters;
    private final Function<Query, List<Operation>> steps;

    private Recipe(String name, String summary, List<Parameter> parameters, Function<Query, List<Operation>> steps) {
        this.name = name;
        this.summary = summary;
        this.parameters = Stream.concat(parameters.stream(), Stream.of(Query.KEEP, Query.CORES))
                .toList();
        this.steps = steps;
    }

    /** All recipes. */
    public static List<Recipe> all() {
        return ALL;
    }

    /** The recipe of this name, such as {@code bw}. */
    public static Optional<Recipe> named(String name) {
        return ALL.stream().filter(recipe -> recipe.name.equals(name)).findFirst();
    }

    /** The name by which people ask for it, such as {@code bw}. */
    public String name() {
        return name;
    }

    /** What it does, in one sentence. */
    public String summary() {
        return summary;
    }

    /** Its parameters. */
    public List<Parameter> parameters() {
        return parameters;
    }

    /**
     * The order with these parameters, ready to run.
     *
     * @param given parameter values by name, as decoded from a query
     * @throws BadParameterException if a parameter is unknown, or its value is not allowed
     */
    public Order with(Map<String, String> given) {
        Query query = new Query(this, given);
        return new Order(
                new Pipeline(steps.apply(query)), query.keepsCopyright(), query.keepsGainMap(), query.allCores());
    }
}
