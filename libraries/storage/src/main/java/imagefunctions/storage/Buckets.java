package imagefunctions.storage;

import java.util.List;
import java.util.Set;

/**
 * The names of the buckets that pictures pass through.
 *
 * @param incoming pictures as they came
 * @param processed what the function made of them
 * @param failed records of pictures that could not be converted
 */
public record Buckets(String incoming, String processed, String failed) {
    public static final Buckets DEFAULTS = new Buckets("incoming", "processed", "failed");

    public Buckets {
        if (Set.copyOf(List.of(incoming, processed, failed)).size() < 3) {
            throw new IllegalArgumentException("the buckets for incoming (" + incoming + "), processed (" + processed
                    + ") and failed (" + failed + ") pictures must be three: a result would be converted again");
        }
    }

    public List<String> all() {
        return List.of(incoming, processed, failed);
    }
}
