package imagefunctions.functions.processimages.rules;

import java.util.List;
import java.util.stream.Stream;

/**
 * Where a rule has its pictures from, and where the results go.
 *
 * @param to a bucket
 */
public record Route(Selection from, String to, KeyPattern key) {
    /** Whether a result of this one could be taken by the other; the types of results are not known. */
    boolean feeds(Route other) {
        return to.equals(other.from().bucket())
                && heads().stream().anyMatch(head -> other.from().prefixes().stream()
                        .anyMatch(prefix -> head.startsWith(prefix) || prefix.startsWith(head)))
                && tails().stream().anyMatch(tail -> other.from().suffixes().stream()
                        .anyMatch(suffix -> tail.endsWith(suffix) || suffix.endsWith(tail)));
    }

    /** Whether both could take the same object, and store two results of any such object under one key. */
    boolean collidesWith(Route other) {
        return to.equals(other.to)
                && from.bucket().equals(other.from.bucket())
                && from.prefixes().stream().anyMatch(one -> other.from.prefixes().stream()
                        .anyMatch(two -> one.startsWith(two) || two.startsWith(one)))
                && from.suffixes().stream().anyMatch(one -> other.from.suffixes().stream()
                        .anyMatch(two -> (one.endsWith(two) && storesLike(other, one))
                                || (two.endsWith(one) && storesLike(other, two))))
                && (from.types().isEmpty()
                        || other.from.types().isEmpty()
                        || from.types().stream().anyMatch(type -> other.from.takesType(type))
                        || other.from.types().stream().anyMatch(from::takesType));
    }

    /** Whether objects whose keys end so lead to one key, with another dot in theirs or without. */
    private boolean storesLike(Route other, String suffix) {
        return Stream.of("k", "k.k").map(stem -> stem + suffix).allMatch(object -> key.of(object)
                .equals(other.key.of(object)));
    }

    /** What the keys of results begin with. */
    private List<String> heads() {
        // A prefix may reach into the part that is no longer in the stem.
        return from.prefixes().stream()
                .map(prefix -> key.beginsWithKey() ? prefix : prefix.substring(0, prefix.lastIndexOf('/') + 1))
                .map(key.head()::concat)
                .toList();
    }

    /** What the keys of results end with. */
    private List<String> tails() {
        return key.endsWithKey()
                ? from.suffixes().stream().map(suffix -> suffix + key.tail()).toList()
                : List.of(key.tail());
    }
}
