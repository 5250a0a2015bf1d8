package imagefunctions.convert;

import imagefunctions.storage.ListedObject;
import imagefunctions.storage.Listing;
import imagefunctions.storage.ObjectInfo;
import imagefunctions.storage.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A bucket with all its objects. */
record Bucket(String name, ObjectStore store) implements Location {

    static Bucket named(String name) throws IOException {
        ObjectStore store = StoreFromEnvironment.open();
        if (!store.hasBucket(name)) {
            throw new IOException("There is no bucket " + name + "; write ./" + name + " for a folder.");
        }
        return new Bucket(name, store);
    }

    @Override
    public void walk(Visitor visitor) throws IOException, InterruptedException {
        Listing listing = store.list(name, "");
        for (Optional<ListedObject> next = listing.next(); next.isPresent(); next = listing.next()) {
            ListedObject found = next.get();
            visitor.visit(new Picture(found.name(), found.etag(), found.size(), found.lastModified()));
        }
    }

    @Override
    public InputStream open(Picture picture) throws IOException {
        return store.get(name, picture.name())
                .orElseThrow(() -> new NoSuchFileException(picture.name(), null, "it was deleted meanwhile"))
                .content();
    }

    /** Every object carries the name of the function that made it. */
    @Override
    public void check(String function) {}

    @Override
    public boolean has(Picture picture, String function) throws IOException {
        return store.stat(name, picture.name())
                .map(ObjectInfo::metadata)
                .filter(result -> picture.version().equals(result.get(ObjectInfo.SOURCE_ETAG)))
                .filter(result -> function.equals(result.get(ObjectInfo.FUNCTION)))
                .isPresent();
    }

    @Override
    public Path part(Picture picture) throws IOException {
        return Files.createTempFile("convert-", ".part");
    }

    @Override
    public void keep(Picture picture, Path part, String type, String function) throws IOException {
        store.put(
                name,
                picture.name(),
                part,
                type,
                Map.of(ObjectInfo.SOURCE_ETAG, picture.version(), ObjectInfo.FUNCTION, function));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bucket bucket && bucket.name.equals(name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }
}
