package imagefunctions.asynccalls;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Which queue the calls of a function wait in. Each queue has workers of its own, so that slow functions hold up nobody
 * else.
 *
 * @param byFunction the queues of functions that are not in the default one
 */
public record QueueNames(Map<String, String> byFunction) {
    public static final String DEFAULT = "default";

    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,32}");

    public QueueNames {
        byFunction = Map.copyOf(byFunction);
        for (String name : byFunction.values()) {
            if (!isName(name)) {
                throw new IllegalArgumentException(
                        "the queue is called " + name + ": use 1 to 32 of small letters, digits and -");
            }
        }
    }

    /** Whether a queue may be called this. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    public String of(String function) {
        return byFunction.getOrDefault(function, DEFAULT);
    }

    /** The names of all queues, the default one among them. */
    public Set<String> all() {
        Set<String> all = new TreeSet<>(byFunction.values());
        all.add(DEFAULT);
        return all;
    }
}
