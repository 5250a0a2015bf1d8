package imagefunctions.storage;

import io.minio.messages.NotificationRecords;

/**
 * Something that happened to an object.
 *
 * @param type as S3 names it, without a prefix: {@code ObjectCreated:Put}
 * @param key the object's name, decoded
 * @param etag without quotes; empty where the store leaves it out
 */
public record ObjectEvent(String type, String bucket, String key, String etag, long size) {

    /** Whether there is a new object, or a new content of an old one. */
    public boolean created() {
        return type.startsWith("ObjectCreated:");
    }

    static ObjectEvent of(NotificationRecords.Event event) {
        return new ObjectEvent(
                ObjectEvents.withoutPrefix(event.eventName()),
                event.bucket().name(),
                ObjectEvents.formDecoded(event.object().key()),
                ObjectStore.unquoted(event.object().etag()),
                event.object().size());
    }
}
