package imagefunctions.deploy;

import static imagefunctions.testservers.BareHttp.get;
import static imagefunctions.testservers.BareHttp.getUntilTheServerEnds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import imagefunctions.testservers.ApplicationProcess;
import imagefunctions.testservers.PersistentCallers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What SIGTERM does to a function that is packaged as its image has it. */
final class FunctionDrainIT {
    private static final int CALLERS = 16;
    private static final Duration DELAY = Duration.ofSeconds(3);

    private static final class Draft extends ApplicationProcess {
        private Draft(Path temporary) throws IOException {
            super(
                    java(
                            Path.of("target/draft/quarkus-app/quarkus-run.jar"),
                            List.of("-Djava.io.tmpdir=" + temporary.toAbsolutePath())),
                    Map.of(
                            "QUARKUS_HTTP_PORT",
                            "0",
                            "QUARKUS_HTTP_HOST",
                            "127.0.0.1",
                            "QUARKUS_SHUTDOWN_DELAY",
                            DELAY.toSeconds() + "s"));
        }

        static Draft start(Path temporary) throws IOException {
            Draft draft = new Draft(temporary);
            draft.awaitListening();
            return draft;
        }
    }

    @Test
    void callsAreServedForAWhileWithoutTheLockFileAndThenRefused(@TempDir Path temporary) throws Exception {
        Path lock = temporary.resolve(".lock");
        try (Draft draft = Draft.start(temporary);
                PersistentCallers callers = PersistentCallers.start(draft.at("/"), CALLERS)) {
            await().until(() -> callers.calls() > 20 && Files.exists(lock));
            draft.terminate();
            long sigterm = System.nanoTime();
            await().until(() -> get(draft.at("/_/ready")).startsWith("HTTP/1.1 503"));
            await().until(() -> !Files.exists(lock));
            int before = callers.calls();
            assertThat(getUntilTheServerEnds(draft.at("/")))
                    .startsWith("HTTP/1.1 200")
                    .containsIgnoringCase("\r\nConnection: close")
                    .contains("curl --data-binary @photo.jpg");
            await("calls served without the lock file").until(() -> callers.calls() > before + CALLERS);

            assertThat(callers.failuresUntilRefused())
                    .as("answers other than 200 before the port is closed")
                    .isZero();
            // No server can help it.
            assertThat(callers.cutAtTheEnd()).isLessThanOrEqualTo(1);
            assertThat(Duration.ofNanos(System.nanoTime() - sigterm)).isGreaterThan(DELAY.minusMillis(500));
            assertThat(draft.status()).isEqualTo(143);
            assertThat(Duration.ofNanos(System.nanoTime() - sigterm)).isLessThan(Duration.ofSeconds(30));
        }
    }
}
