package imagefunctions.localgateway.buckets;

import static org.assertj.core.api.Assertions.assertThat;

import imagefunctions.storage.ObjectInfo;
import imagefunctions.storage.ObjectStore;
import imagefunctions.storage.StoredObject;
import jakarta.enterprise.context.Dependent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.imageio.ImageIO;

/** A picture under a name of its own, whose upload no event reports. */
@Dependent
final class UnseenPicture {
    private final ObjectStore store;
    private final DeafStore deaf;
    private final String name = "p-" + UUID.randomUUID() + " ä+.jpg";

    UnseenPicture(ObjectStore store, DeafStore deaf) {
        this.store = store;
        this.deaf = deaf;
    }

    String name() {
        return name;
    }

    /** Its name alone, as the body of a call. */
    String names() {
        return "[\"" + name + "\"]";
    }

    /** Stores it, in place of what was there. */
    void put(Path picture) throws IOException {
        put(picture, Map.of());
    }

    void put(Path picture, Map<String, String> metadata) throws IOException {
        deaf.store().put("incoming", name, picture, "image/jpeg", metadata);
    }

    /** What becomes of it in a call that names it, and asks for details. */
    String outcome(String query) throws Exception {
        return Peer.process(query, names()).get(0).path("outcome").asText();
    }

    /** That what {@code bw} made of the picture as it is now is stored. */
    void assertGreyResult() throws Exception {
        ObjectInfo source = store.stat("incoming", name).orElseThrow();
        try (StoredObject result = store.get("processed", name).orElseThrow()) {
            assertThat(result.info().metadata())
                    .containsEntry("source-etag", source.etag())
                    .containsEntry("function", "bw");
            assertThat(result.info().contentType()).isEqualTo("image/jpeg");
            assertThat(ImageIO.read(result.content()).getRaster().getNumBands()).isEqualTo(1);
        }
    }

    /** Deletes it, and what became of it. */
    void delete() throws IOException {
        for (String bucket : List.of("incoming", "processed", "failed")) {
            store.delete(bucket, name);
        }
    }
}
