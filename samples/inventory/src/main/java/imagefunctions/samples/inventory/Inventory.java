package imagefunctions.samples.inventory;

import com.fasterxml.jackson.annotation.JsonProperty;
import imagefunctions.runtime.Problem;
import io.quarkus.funqy.Funq;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;

/** Adds to the stock of an item, or takes from it. */
@Singleton
public final class Inventory {
    private static final int LONGEST_NAME = 100;

    private final Stock stock;

    Inventory(Stock stock) {
        this.stock = stock;
    }

    record Change(String item, @JsonProperty("stock_change") int by) {
        Change {
            if (item == null || item.isBlank() || item.length() > LONGEST_NAME || by == 0) {
                throw new Problem.BadRequest("Send an item, and by how many its stock changes:"
                                + " {\"item\": \"apple\", \"stock_change\": -1}.")
                        .asException();
            }
        }
    }

    record Count(String item, long stock) {}

    @Funq("inventory")
    @RunOnVirtualThread
    public Count inventory(Change change) {
        return new Count(change.item(), stock.change(change.item(), change.by()));
    }
}
