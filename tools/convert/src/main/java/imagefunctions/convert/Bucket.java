package imagefunctions.convert;

import imagefunctions.storage.ListedObject;
import imagefunctions.storage.Listing;
import imagefunctions.storage.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/**
 * A bucket, or the objects in it whose names begin alike.
 *
 * @param prefix ends in a slash, if there is one
 */
record Bucket(String name, String prefix, ObjectStore store) implements Location {
    static final String SCHEME = "s3://";

    /** Reads {@code s3://NAME} or {@code s3://NAME/PREFIX}. */
    static Bucket of(String address) throws IOException {
        String path = address.substring(SCHEME.length()).replaceAll("/$", "");
        String name = path.replaceAll("/.*", "");
        String prefix = path.equals(name) ? "" : path.substring(name.length() + 1) + "/";
        if (PictureNames.isChanged(path)) {
            throw new IllegalArgumentException(
                    address + " has an empty part or one of dots alone: write s3://NAME or s3://NAME/PREFIX.");
        }
        ObjectStore store = StoreFromEnvironment.open();
        if (!store.hasBucket(name)) {
            throw new IOException("There is no bucket " + name + "; write ./" + name + " for a folder.");
        }
        return new Bucket(name, prefix, store);
    }

    @Override
    public void walk(Location results, Visitor visitor) throws IOException {
        Listing listing = store.listBelow(name, prefix);
        for (Optional<ListedObject> next = listing.next(); next.isPresent(); next = listing.next()) {
            visitor.visit(found(next.get()));
        }
    }

    private Found found(ListedObject object) throws IOException {
        Picture picture = new Picture(object.name().substring(prefix.length()), object.etag(), object.size());
        if (PictureNames.isChanged(picture.name())) {
            return new Unreadable(
                    picture.name(),
                    "A part of its name between slashes is empty or dots alone, which would lead to another object or"
                            + " file: rename it.");
        }
        if (PictureNames.isHidden(picture.name())) {
            return new LeftOut(picture.name(), LeftOut.Kind.HIDDEN);
        }
        return PictureNames.isPicture(picture.name()) || isPictureWithin(picture)
                ? picture
                : new LeftOut(picture.name(), LeftOut.Kind.OTHER);
    }

    private boolean isPictureWithin(Picture picture) throws IOException {
        try (InputStream content = open(picture)) {
            return FirstBytes.areOfAPicture(content);
        }
    }

    @Override
    public InputStream open(Picture picture) throws IOException {
        return store.get(name, prefix + picture.name())
                .orElseThrow(() -> new NoSuchFileException(picture.name(), null, "It was deleted meanwhile"))
                .content();
    }

    @Override
    public boolean holds(Location other) {
        return other instanceof Bucket bucket && bucket.name.equals(name) && bucket.prefix.startsWith(prefix);
    }

    @Override
    public Results results(String function, boolean dryRun) {
        return new BucketResults(name, prefix, store, function);
    }
}
