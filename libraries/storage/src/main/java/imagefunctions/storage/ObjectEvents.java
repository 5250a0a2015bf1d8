package imagefunctions.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Bucket notifications as JSON, in the dialects of their senders.
 *
 * <p>MinIO says {@code s3:ObjectCreated:Put} and form-encodes the key, AWS says {@code ObjectCreated:Put} and
 * form-encodes it too, Ceph says the same and sends it raw.
 */
public final class ObjectEvents {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String RAW_KEYS = "ceph:s3";
    private static final String PREFIX = "s3:";

    private ObjectEvents() {}

    /** Whether this is a notification, if only the message by which a store tries the address out. */
    public static boolean areIn(JsonNode message) {
        return message.has("Records") || message.path("Event").asText().equals("s3:TestEvent");
    }

    /**
     * Every event of a notification.
     *
     * @throws IllegalArgumentException if a record does not name a bucket, a key and an event
     */
    public static List<ObjectEvent> read(JsonNode message) {
        List<ObjectEvent> events = new ArrayList<>();
        for (JsonNode each : message.path("Records")) {
            events.add(event(each));
        }
        return events;
    }

    private static ObjectEvent event(JsonNode each) {
        JsonNode object = each.path("s3").path("object");
        String type = each.path("eventName").asText();
        String bucket = each.path("s3").path("bucket").path("name").asText();
        String key = object.path("key").asText();
        if (type.isEmpty() || bucket.isEmpty() || key.isEmpty()) {
            throw new IllegalArgumentException(
                    "A record of the notification lacks eventName, s3.bucket.name or s3.object.key.");
        }
        return new ObjectEvent(
                withoutPrefix(type),
                bucket,
                each.path("eventSource").asText().equals(RAW_KEYS) ? key : formDecoded(key),
                ObjectStore.unquoted(object.path("eTag").asText()),
                object.path("size").asLong());
    }

    static String withoutPrefix(String type) {
        return type.startsWith(PREFIX) ? type.substring(PREFIX.length()) : type;
    }

    /** What cannot be decoded was sent raw. */
    static String formDecoded(String key) {
        try {
            return URLDecoder.decode(key, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return key;
        }
    }

    /** The event as MinIO's servers send it. */
    public static byte[] write(ObjectEvent event) {
        String key = URLEncoder.encode(event.key(), StandardCharsets.UTF_8);
        ObjectNode message = JSON.createObjectNode()
                .put("EventName", PREFIX + event.type())
                .put("Key", event.bucket() + "/" + event.key());
        ObjectNode each = message.putArray("Records")
                .addObject()
                .put("eventVersion", "2.0")
                .put("eventSource", "minio:s3")
                .put("eventTime", Instant.now().toString())
                .put("eventName", PREFIX + event.type());
        ObjectNode s3 = each.putObject("s3").put("s3SchemaVersion", "1.0");
        s3.putObject("bucket").put("name", event.bucket()).put("arn", "arn:aws:s3:::" + event.bucket());
        s3.putObject("object").put("key", key).put("size", event.size()).put("eTag", event.etag());
        try {
            return JSON.writeValueAsBytes(message);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts and numbers is always JSON", e);
        }
    }
}
