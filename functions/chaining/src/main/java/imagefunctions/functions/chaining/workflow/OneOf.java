package imagefunctions.functions.chaining.workflow;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Texts of which one must be met; a {@code *} at the end of one stands for anything. */
public record OneOf(List<String> allowed) {
    public OneOf {
        allowed = List.copyOf(allowed);
    }

    /** The media ranges of an Accept header (RFC 9110, 12.5.1); their weights play no part. */
    static OneOf accepted(String header) {
        return new OneOf(Stream.of(header.split(","))
                .map(range -> range.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
                .map(range -> range.equals("*/*") ? "*" : range)
                .toList());
    }

    public boolean isMetBy(String text) {
        return allowed.stream()
                .anyMatch(one ->
                        one.endsWith("*") ? text.startsWith(one.substring(0, one.length() - 1)) : text.equals(one));
    }

    /** Compares as media types are compared: without parameters, in any case. */
    public boolean isMetByType(String contentType) {
        return isMetBy(contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return String.join(" or ", allowed);
    }
}
