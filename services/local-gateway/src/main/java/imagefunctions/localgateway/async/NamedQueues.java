package imagefunctions.localgateway.async;

import imagefunctions.asynccalls.QueueNames;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The queues besides the default one.
 *
 * @param names which function is on which
 * @param workers how many of its functions each calls at the same time
 */
record NamedQueues(QueueNames names, Map<String, Integer> workers) {
    private static final Pattern QUEUE = Pattern.compile("\\s*([a-z0-9-]{1,32}):([1-9]\\d{0,3})(?:=([^;=]+))?");

    /**
     * Reads {@code NAME:WORKERS=FUNCTION,FUNCTION}, several separated by semicolons.
     *
     * @param asked the queues that functions ask for, unless the text has them; a queue of the text may be for those alone
     * @param usual how many workers a queue has that the text does not name
     */
    static NamedQueues of(String text, Map<String, String> asked, int usual) {
        Map<String, String> byFunction = new TreeMap<>();
        Map<String, Integer> workers = new TreeMap<>();
        for (String part : text.isBlank() ? new String[0] : text.split(";", -1)) {
            Matcher queue = QUEUE.matcher(part);
            if (!queue.matches()
                    || queue.group(1).equals(QueueNames.DEFAULT)
                    || (queue.group(3) == null && !asked.containsValue(queue.group(1)))) {
                throw new IllegalArgumentException("IMAGE_FUNCTIONS_QUEUES has \"" + part
                        + "\": set it to NAME:WORKERS=FUNCTION,FUNCTION, several separated by semicolons; a name has up to 32"
                        + " small letters, digits and -, and there are 1 to 9999 workers");
            }
            if (workers.put(queue.group(1), Integer.valueOf(queue.group(2))) != null) {
                throw new IllegalArgumentException(
                        "IMAGE_FUNCTIONS_QUEUES has the queue " + queue.group(1) + " twice: name it once");
            }
            putAll(queue.group(3), queue.group(1), part, byFunction);
        }
        asked.forEach((function, queue) -> {
            if (!queue.equals(QueueNames.DEFAULT) && byFunction.putIfAbsent(function, queue) == null) {
                workers.putIfAbsent(queue, usual);
            }
        });
        return new NamedQueues(new QueueNames(byFunction), workers);
    }

    private static void putAll(@Nullable String functions, String queue, String part, Map<String, String> byFunction) {
        for (String function : functions == null ? new String[0] : functions.split(",", -1)) {
            if (function.isBlank()) {
                throw new IllegalArgumentException("IMAGE_FUNCTIONS_QUEUES has no function beside a comma of \"" + part
                        + "\": leave the comma out");
            }
            if (byFunction.put(function.strip(), queue) != null) {
                throw new IllegalArgumentException(
                        "IMAGE_FUNCTIONS_QUEUES puts " + function.strip() + " on two queues: put it on one");
            }
        }
    }
}
