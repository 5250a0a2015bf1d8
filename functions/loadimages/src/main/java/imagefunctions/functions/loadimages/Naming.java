package imagefunctions.functions.loadimages;

import imagefunctions.runtime.Problem;
import java.util.UUID;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/** How objects are named. */
enum Naming {
    /** A new name for every image. */
    UUID_EACH,
    /** The last segment of the URL's path, decoded; replaces an object of that name. */
    URL_PATH;

    private static final Pattern NAME = Pattern.compile("(?!\\.{1,2}$)[^/\\\\\\p{Cntrl}]{1,200}");

    static Naming of(String parameter) {
        return switch (parameter) {
            case "uuid" -> UUID_EACH;
            case "url" -> URL_PATH;
            default -> throw new Problem.BadRequest("names must be uuid or url, not " + parameter + ".").asException();
        };
    }

    String name(HttpUrl url) {
        return switch (this) {
            case UUID_EACH -> UUID.randomUUID().toString();
            case URL_PATH -> {
                String last = url.pathSegments().getLast();
                if (!NAME.matcher(last).matches()) {
                    throw new Problem.BadRequest(
                                    "The path of the URL does not end in a name: leave names=url out, or give another URL.")
                            .asException();
                }
                yield last;
            }
        };
    }
}
