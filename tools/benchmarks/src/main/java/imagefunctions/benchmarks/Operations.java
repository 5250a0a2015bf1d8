package imagefunctions.benchmarks;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What is measured, by name. */
final class Operations {
    private static final String THUMBNAIL = "thumbnail";
    private static final List<Integer> BOXES = List.of(128, 256, 512, 1024, 1600);
    static final List<Integer> EIGHT_BOXES = List.of(128, 192, 256, 384, 512, 768, 1024, 1600);

    static final List<String> ALL = Stream.of(
                    Stream.of("draft"),
                    BOXES.stream().map(box -> THUMBNAIL + box),
                    Stream.of("eight-sizes", "bw", "bw75", "transpose", "transpose75", "one-pass", "three-steps"))
            .flatMap(names -> names)
            .toList();

    private Operations() {}

    /** One picture in, one out that fits into a square box. */
    interface Thumbnail {
        byte[] fit(int box, byte[] picture) throws Exception;
    }

    static boolean isThumbnail(String operation) {
        return operation.startsWith(THUMBNAIL);
    }

    /** Whether an operation does what it is called to a picture: thumbnails are never larger than it. */
    static boolean suits(String operation, int width, int height) {
        int longer = Math.max(width, height);
        return isThumbnail(operation)
                ? Integer.parseInt(operation.substring(THUMBNAIL.length())) < longer
                : !operation.equals("eight-sizes") || EIGHT_BOXES.getLast() < longer;
    }

    /** The thumbnails of each size, and eight of one picture by a call each; the last of those is the result. */
    static Map<String, InProcess.Operation> thumbnails(Thumbnail thumbnail) {
        Map<String, InProcess.Operation> all = new HashMap<>();
        BOXES.forEach(box -> all.put(THUMBNAIL + box, picture -> thumbnail.fit(box, picture)));
        all.put("eight-sizes", picture -> {
            byte[] last = picture;
            for (int box : EIGHT_BOXES) {
                last = thumbnail.fit(box, picture);
            }
            return last;
        });
        return all;
    }
}
