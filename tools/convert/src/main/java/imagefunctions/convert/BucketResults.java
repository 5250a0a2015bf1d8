package imagefunctions.convert;

import imagefunctions.storage.ObjectInfo;
import imagefunctions.storage.ObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Results in a bucket: the metadata of each name its function and the version of its picture.
 *
 * @param prefix of the objects' names
 */
record BucketResults(String bucket, String prefix, ObjectStore store, String function) implements Results {

    @Override
    public boolean isDone(Picture picture) throws IOException {
        Optional<Map<String, String>> there =
                store.stat(bucket, prefix + picture.name()).map(ObjectInfo::metadata);
        if (there.isPresent() && !there.get().keySet().containsAll(made(picture).keySet())) {
            throw new IOException("No run of convert made the object that is there under this name: move it away, or"
                    + " give another --to: " + bucket + "/" + prefix + picture.name());
        }
        return there.isPresent()
                && there.get().entrySet().containsAll(made(picture).entrySet());
    }

    private Map<String, String> made(Picture picture) {
        return Map.of(ObjectInfo.SOURCE_ETAG, picture.version(), ObjectInfo.FUNCTION, function);
    }

    @Override
    public Path part(Picture picture) throws IOException {
        return Files.createTempFile("convert-", ".part");
    }

    @Override
    public void keep(Picture picture, Path part, String type) throws IOException {
        isDone(picture);
        store.put(bucket, prefix + picture.name(), part, type, made(picture));
    }

    @Override
    public void close() throws IOException {
        store.close();
    }
}
