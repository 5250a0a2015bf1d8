package imagefunctions.functions.processimages.rules;

import java.util.List;
import java.util.Locale;

/**
 * Which objects a rule takes.
 *
 * @param prefixes what a key begins with, one of these; any if there is none
 * @param suffixes what a key ends with, likewise
 * @param types what the content type is, likewise: {@code image/png}, or {@code image/*} for every kind of picture
 */
public record Selection(String bucket, List<String> prefixes, List<String> suffixes, List<String> types) {
    private static final String ANY = "";

    public Selection {
        prefixes = prefixes.isEmpty() ? List.of(ANY) : List.copyOf(prefixes);
        suffixes = suffixes.isEmpty() ? List.of(ANY) : List.copyOf(suffixes);
        types = List.copyOf(types);
    }

    /** Every object of a bucket. */
    public static Selection all(String bucket) {
        return new Selection(bucket, List.of(), List.of(), List.of());
    }

    /** Whether it takes an object of its bucket by its key; its type may still be another one. */
    public boolean takes(String key) {
        return prefixes.stream().anyMatch(key::startsWith) && suffixes.stream().anyMatch(key::endsWith);
    }

    public boolean takesType(String contentType) {
        String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return types.isEmpty()
                || types.stream()
                        .anyMatch(wanted -> wanted.endsWith("/*")
                                ? type.startsWith(wanted.substring(0, wanted.length() - 1))
                                : type.equals(wanted));
    }

    /** What every key begins with that it takes. */
    public String prefix() {
        return prefixes.stream().reduce(Selection::common).orElse(ANY);
    }

    private static String common(String one, String other) {
        int length = 0;
        while (length < Math.min(one.length(), other.length()) && one.charAt(length) == other.charAt(length)) {
            length++;
        }
        return one.substring(0, length);
    }
}
