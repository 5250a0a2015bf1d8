package imagefunctions.imaging;

import imagefunctions.imaging.error.BadParameterException;
import imagefunctions.imaging.operation.Allowed;
import imagefunctions.imaging.operation.Autorotate;
import imagefunctions.imaging.operation.Box;
import imagefunctions.imaging.operation.Operation;
import imagefunctions.imaging.operation.Quality;
import imagefunctions.imaging.operation.Transpose;
import imagefunctions.imaging.operation.TransposeMethod;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The parameters given by a caller, all of them known to the recipe. */
record Query(Map<String, String> given) {

    static final Parameter AUTOROTATE = new Parameter(
            "autorotate", Autorotate.ALLOWED, "true", "whether it is first rotated as its EXIF orientation says");

    static final Parameter GAIN_MAP = new Parameter(
            "gainmap",
            new Allowed.OneOf(List.of("keep", "drop")),
            "keep",
            "whether the gain map of an HDR photo goes along; it does not where width, height or quality change the photo");

    static final Parameter KEEP = new Parameter(
            "keep",
            new Allowed.OneOf(List.of("copyright", "nothing")),
            "nothing",
            "copyright: the result names the maker and owner that the file names in EXIF and IPTC");

    static final Parameter CORES = new Parameter(
            "cores",
            new Allowed.OneOf(List.of("1", "all")),
            "1",
            "all: a large JPEG is worked on by several cores at once, as long as no other picture is; the result is the same");

    Query(Recipe recipe, Map<String, String> given) {
        this(Map.copyOf(given));
        List<String> known = recipe.parameters().stream().map(Parameter::name).toList();
        given.keySet().forEach(name -> {
            if (!known.contains(name)) {
                throw BadParameterException.unknown(name, String.join(", ", known));
            }
        });
    }

    static Parameter width(String defaultValue) {
        return new Parameter("width", Box.ALLOWED, defaultValue, "the width that the result fits into, in pixels");
    }

    static Parameter height(String defaultValue) {
        return new Parameter("height", Box.ALLOWED, defaultValue, "the height that the result fits into, in pixels");
    }

    static Parameter quality(String defaultValue) {
        return new Parameter("quality", Quality.ALLOWED, defaultValue, "the JPEG quality of the result");
    }

    Operation autorotate() {
        return new Autorotate(is("true", AUTOROTATE));
    }

    boolean keepsCopyright() {
        return is("copyright", KEEP);
    }

    boolean keepsGainMap() {
        return is("keep", GAIN_MAP);
    }

    boolean allCores() {
        return is("all", CORES);
    }

    /** Whether a parameter that is one of some words, or its default, is this one. */
    private boolean is(String word, Parameter parameter) {
        String value = given.getOrDefault(parameter.name(), parameter.defaultValue());
        if (!(parameter.allowed() instanceof Allowed.OneOf(List<String> words) && words.contains(value))) {
            throw BadParameterException.value(parameter.name(), value, parameter.allowed());
        }
        return value.equals(word);
    }

    Quality quality() {
        return new Quality(number("quality", Quality.ALLOWED));
    }

    Quality qualityOr(int defaultValue) {
        return given.containsKey("quality") ? quality() : new Quality(OptionalInt.of(defaultValue));
    }

    Transpose transposeOr(TransposeMethod defaultValue) {
        return new Transpose(Optional.ofNullable(given.get("method"))
                .map(TransposeMethod::named)
                .orElse(defaultValue)
                .transform());
    }

    Box box() {
        return new Box(number("width", Box.ALLOWED), number("height", Box.ALLOWED));
    }

    Box boxOr(int defaultValue) {
        Box box = box();
        return box.unbounded() ? Box.square(defaultValue) : box;
    }

    Box boxOrSize(int defaultValue) {
        OptionalInt size = number("size", Box.ALLOWED);
        if (size.isEmpty()) {
            return boxOr(defaultValue);
        }
        if (!box().unbounded()) {
            throw BadParameterException.value(
                    "size", String.valueOf(size.getAsInt()), "either size alone or width and height");
        }
        return Box.square(size.getAsInt());
    }

    private OptionalInt number(String name, Allowed allowed) {
        String value = given.get(name);
        if (value == null) {
            return OptionalInt.empty();
        }
        if (!value.matches("[0-9]{1,9}")) {
            throw BadParameterException.value(name, value, allowed);
        }
        return OptionalInt.of(Integer.parseInt(value));
    }
}
