package imagefunctions.convert;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/** What names tell, of files and of objects alike. */
final class PictureNames {
    private static final Set<String> EXTENSIONS =
            Set.of("jpg", "jpeg", "jpe", "jfif", "png", "gif", "webp", "bmp", "tif", "tiff");

    private PictureNames() {}

    /** Whether it is meant to be a picture, whatever its first bytes are. */
    static boolean isPicture(String name) {
        return EXTENSIONS.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }

    /** Whether it begins with a dot, or lies in a folder whose name does. */
    static boolean isHidden(String name) {
        return Arrays.stream(name.split("/")).anyMatch(part -> part.startsWith("."));
    }

    /** Whether a part between slashes is empty or dots alone: on the way to a file or an object, it becomes another name. */
    static boolean isChanged(String name) {
        return Arrays.stream(name.split("/", -1))
                .anyMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
    }
}
