package imagefunctions.benchmarks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The benchmark's pictures, by name: the size, and what is special. */
final class Pictures {
    private static final List<String> PLAIN = List.of("1920x1080", "3000x2000", "4032x3024");
    private static final List<String> PROGRESSIVE = List.of("3000x2000-progressive", "4032x3024-progressive");

    /** One photo in several sizes and kinds. */
    private static final Map<String, List<String>> KINDS = kinds();

    private static final List<String> IN_NO_MEAN = List.of("1920x1080-grey");

    /** What is measured of the photos that differ from the first in nothing but what they show. */
    private static final List<String> OF_OTHER_PHOTOS = List.of("draft", "thumbnail512", "thumbnail1024", "bw75");

    private static final List<String> OF_PLAIN_AND_PROGRESSIVE = List.of("one-pass", "three-steps");
    private static final String OF_PLAIN = "eight-sizes";

    private Pictures() {}

    private static Map<String, List<String>> kinds() {
        Map<String, List<String>> kinds = new LinkedHashMap<>();
        kinds.put("1080p to 12 MP", PLAIN);
        kinds.put("small", List.of("320x240", "640x427", "800x600", "1280x853"));
        kinds.put("progressive", PROGRESSIVE);
        kinds.put("no multiple of 8", List.of("640x427", "641x479", "3360x2100-map"));
        kinds.put("progressive, no multiple of 8", List.of("640x427-progressive", "3360x2100-map-progressive"));
        kinds.put("4:2:2", List.of("1920x1080-422"));
        kinds.put("4:4:4", List.of("1920x1080-444"));
        kinds.put("restart intervals", List.of("1920x1080-restart"));
        return kinds;
    }

    /** What is measured of a picture, unless the caller says what. */
    static List<String> operations(String picture) {
        if (isOfOtherPhoto(picture)) {
            return OF_OTHER_PHOTOS;
        }
        boolean plain = PLAIN.contains(picture);
        boolean several = plain || PROGRESSIVE.contains(picture);
        return Operations.ALL.stream()
                .filter(operation -> plain || !operation.equals(OF_PLAIN))
                .filter(operation -> several || !OF_PLAIN_AND_PROGRESSIVE.contains(operation))
                .toList();
    }

    private static boolean isOfOtherPhoto(String picture) {
        return !IN_NO_MEAN.contains(picture) && KINDS.values().stream().noneMatch(kind -> kind.contains(picture));
    }

    /** These pictures by what is special about them, as far as there are some. */
    static Map<String, List<String>> groups(List<String> pictures) {
        Map<String, List<String>> groups = new LinkedHashMap<>(KINDS);
        groups.put(
                "other photos",
                pictures.stream().filter(Pictures::isOfOtherPhoto).toList());
        groups.replaceAll((name, all) -> all.stream().filter(pictures::contains).toList());
        groups.values().removeIf(List::isEmpty);
        return groups;
    }
}
