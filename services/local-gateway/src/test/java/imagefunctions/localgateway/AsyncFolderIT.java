package imagefunctions.localgateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The queue in a folder. */
final class AsyncFolderIT extends AsyncQueueContract {
    private final Path folder;

    AsyncFolderIT(@TempDir Path folder) {
        this.folder = folder;
    }

    @Override
    Map<String, String> queue(String name) {
        return Map.of("IMAGE_FUNCTIONS_SPOOL_FOLDER", folder.resolve(name).toString());
    }

    @Override
    String noRoom() {
        return "4194304 bytes";
    }

    @Override
    void figures(ThrowingRunnable assertion) throws Throwable {
        assertion.run();
    }

    @Test
    void alteredFilesBecomeDeadLettersAndTheOthersGoOn() throws Exception {
        List<String> altered = List.of("cut", "emptied", "flipped", "foreign");
        try (LocalGatewayProcess gateway = launch("altered", EVERY_CALL_WAITS)) {
            AsyncClient client = client(gateway);
            for (String id : altered) {
                waits(client, id);
            }
            waits(client, "whole");
            gateway.kill();
        }
        // Writing a file makes its call due: a file's time is when its next attempt is.
        byte[] whole = Files.readAllBytes(file("whole"));
        Files.write(file("cut"), Arrays.copyOf(whole, whole.length / 2));
        Files.write(file("emptied"), new byte[0]);
        byte[] flipped = Files.readAllBytes(file("flipped"));
        flipped[flipped.length - 100] ^= 1;
        Files.write(file("flipped"), flipped);
        Files.writeString(file("foreign"), "a note that somebody left here");
        Files.write(file("whole"), whole);

        try (LocalGatewayProcess gateway = launch("altered", Map.of())) {
            AsyncClient client = client(gateway);
            await().until(() -> client.state("whole").equals("delivered"));
            for (String id : altered) {
                await().until(() -> client.state(id).equals("dead"));
                assertThat(client.describe(id).path("reason").asText())
                        .startsWith("The spool's file was altered or cut off");
            }
            assertThat(client.metric("async_dead_letters")).isEqualTo(4);
        }
    }

    private Path file(String id) {
        return folder.resolve("altered/calls/1/" + id + ".call");
    }
}
