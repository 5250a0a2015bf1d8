package imagefunctions.samples.inventory;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Updates;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.Objects;
import org.bson.Document;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How many there are of each item, in MongoDB. */
@Singleton
final class Stock {
    private static final String COUNT = "stock";

    private final MongoClient client;
    private final MongoCollection<Document> items;

    Stock(@ConfigProperty(name = "mongodb_url", defaultValue = "mongodb://127.0.0.1:27017") String url) {
        this.client = MongoClients.create(url);
        this.items = client.getDatabase("market").getCollection("items");
    }

    /** Changes the count in one step, so that no change of another is lost; an item that is new starts at 0. */
    long change(String item, int by) {
        Document changed = items.findOneAndUpdate(
                Filters.eq(item),
                Updates.inc(COUNT, by),
                new FindOneAndUpdateOptions().upsert(true).returnDocument(ReturnDocument.AFTER));
        // MongoDB makes a 64-bit number of one that would overflow 32.
        return Objects.requireNonNull(changed).get(COUNT, Number.class).longValue();
    }

    @PreDestroy
    void close() {
        client.close();
    }
}
