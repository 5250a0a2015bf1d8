package imagefunctions.asynccalls;

import java.util.List;
import java.util.Optional;

/** One field of an HTTP header; a name may occur more than once. */
public record Header(String name, String value) {
    /** The value of the first header with this name, in any case. */
    public static Optional<String> first(List<Header> headers, String name) {
        return headers.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(Header::value)
                .findFirst();
    }
}
