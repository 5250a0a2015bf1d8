package imagefunctions.samples.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import imagefunctions.runtime.ProblemException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a server that speaks MongoDB's protocol, and keeps all in memory. */
final class InventoryTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final MongoServer server = new MongoServer(new MemoryBackend().version(new OldestThatTheDriverTakes()));
    private final Stock stock = new Stock(server.bindAndGetConnectionString());
    private final Inventory inventory = new Inventory(stock);

    @AfterEach
    void stop() {
        stock.close();
        server.shutdownNow();
    }

    /** The server speaks the commands that are needed here, but says that it is an older one. */
    private static final class OldestThatTheDriverTakes implements MongoVersion {
        @Override
        public List<Integer> getVersionArray() {
            return List.of(4, 2, 0);
        }

        @Override
        public int getWireVersion() {
            return 8;
        }
    }

    private String call(String body) throws Exception {
        return JSON.writeValueAsString(inventory.inventory(JSON.readValue(body, Inventory.Change.class)));
    }

    @Test
    void whatIsSoldAndRestockedIsCounted() throws Exception {
        assertThat(call("{\"item\": \"apple\", \"stock_change\": 3}")).isEqualTo("{\"item\":\"apple\",\"stock\":3}");
        assertThat(call("{\"item\": \"pear\", \"stock_change\": 1}")).isEqualTo("{\"item\":\"pear\",\"stock\":1}");
        assertThat(call("{\"item\": \"apple\", \"stock_change\": -1}")).isEqualTo("{\"item\":\"apple\",\"stock\":2}");
    }

    @Test
    void aCountMayBeLargerThanAnyChange() throws Exception {
        call("{\"item\": \"apple\", \"stock_change\": 2147483647}");

        assertThat(call("{\"item\": \"apple\", \"stock_change\": 1}"))
                .isEqualTo("{\"item\":\"apple\",\"stock\":2147483648}");
    }

    @Test
    void noChangeIsLostWhereManyComeAtOnce() throws Exception {
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Long>> counts = IntStream.range(0, 200)
                    .mapToObj(i -> callers.submit(() -> stock.change("apple", 1)))
                    .toList();
            for (Future<Long> count : counts) {
                assertThat(count.get()).isBetween(1L, 200L);
            }
        }

        assertThat(stock.change("apple", -200)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"item\": \"\", \"stock_change\": 1}", "{\"item\": \"apple\"}"})
    void aChangeOfNothingIsRefused(String body) {
        assertThatThrownBy(() -> call(body)).hasRootCauseInstanceOf(ProblemException.class);
    }
}
