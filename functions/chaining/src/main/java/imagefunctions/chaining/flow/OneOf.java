package imagefunctions.chaining.flow;

import java.util.List;
import java.util.Locale;

/** Texts of which one must be met; a {@code *} at the end of one stands for anything. */
public record OneOf(List<String> allowed) {
    public OneOf {
        allowed = List.copyOf(allowed);
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
