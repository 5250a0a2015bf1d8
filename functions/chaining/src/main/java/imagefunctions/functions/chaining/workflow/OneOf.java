package imagefunctions.functions.chaining.workflow;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Alternative values, one of which must match; a trailing {@code *} matches any suffix. */
public record OneOf(List<String> allowed) {
    public OneOf {
        allowed = List.copyOf(allowed);
    }

    /** The media ranges of an Accept header (RFC 9110, 12.5.1); weights are ignored. */
    static OneOf accepted(String header) {
        return new OneOf(Stream.of(header.split(","))
                .map(range -> range.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
                .map(range -> range.equals("*/*") ? "*" : range)
                .toList());
    }

    public boolean matches(String text) {
        return allowed.stream()
                .anyMatch(one ->
                        one.endsWith("*") ? text.startsWith(one.substring(0, one.length() - 1)) : text.equals(one));
    }

    /** Matches a media type, ignoring its parameters and case. */
    public boolean matchesMediaType(String contentType) {
        return matches(contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return String.join(" or ", allowed);
    }
}
