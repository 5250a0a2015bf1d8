package imagefunctions.asynccalls.jetstream;

import java.nio.charset.StandardCharsets;

/** What the streams, buckets and subjects of a queue are called. */
record Names(String prefix) {
    /** The consumer of results. */
    static final String CALLBACKS = "callbacks";

    String calls() {
        return prefix + "-calls";
    }

    String callbacks() {
        return prefix + "-callbacks";
    }

    String states() {
        return prefix + "-states";
    }

    String callBodies() {
        return prefix + "-bodies";
    }

    String resultBodies() {
        return prefix + "-results";
    }

    /** The subjects of all calls of a queue. */
    String callsOf(String queue) {
        return calls() + "." + queue + ".*";
    }

    String callSubject(String queue, String id) {
        return calls() + "." + queue + "." + key(id);
    }

    String callbackSubject(String id) {
        return callbacks() + "." + key(id);
    }

    static String stateStream(String bucket) {
        return "KV_" + bucket;
    }

    static String stateSubject(String bucket, String key) {
        return "$KV." + bucket + "." + key;
    }

    static String bodyStream(String bucket) {
        return "OBJ_" + bucket;
    }

    static String chunkSubject(String bucket, String object) {
        return "$O." + bucket + ".C." + object;
    }

    static String metaSubject(String bucket, String encodedName) {
        return "$O." + bucket + ".M." + encodedName;
    }

    /** An id as one token of a subject: what may not stand in one is written as = and two hexadecimal digits. */
    static String key(String id) {
        StringBuilder key = new StringBuilder();
        for (byte b : id.getBytes(StandardCharsets.US_ASCII)) {
            char c = (char) b;
            if (Character.isLetterOrDigit(c) || c == '_' || c == '-') {
                key.append(c);
            } else {
                key.append(String.format("=%02X", (int) c));
            }
        }
        return key.toString();
    }

    /** The id of a subject's last token. */
    static String id(String subject) {
        String key = subject.substring(subject.lastIndexOf('.') + 1);
        StringBuilder id = new StringBuilder();
        for (int i = 0; i < key.length(); i++) {
            if (key.charAt(i) == '=' && i + 2 < key.length()) {
                id.append((char) Integer.parseInt(key.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                id.append(key.charAt(i));
            }
        }
        return id.toString();
    }
}
