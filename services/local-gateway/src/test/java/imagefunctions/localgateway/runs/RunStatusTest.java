package imagefunctions.localgateway.runs;

import static org.assertj.core.api.Assertions.assertThat;

import imagefunctions.workflowruns.FolderRuns;
import imagefunctions.workflowruns.HeldRun;
import imagefunctions.workflowruns.RunEnd;
import imagefunctions.workflowruns.RunHead;
import imagefunctions.workflowruns.RunLimits;
import imagefunctions.workflowruns.RunState;
import imagefunctions.workflowruns.RunStore;
import imagefunctions.workflowruns.Runs;
import imagefunctions.workflowruns.Taken;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunStatusTest {
    private static final RunLimits LIMITS = new RunLimits(1_000_000, 10, Duration.ofDays(1), Duration.ofSeconds(30));

    @Test
    void aRunThatIsTriedAgainWhileItIsLookedAtHasNotEnded(@TempDir Path folder) throws Exception {
        RunStore store = new FolderRuns(folder);
        RunHead head = new RunHead("my-run", "workflow", Map.of(), Instant.now(), Map.of(), Map.of());
        Taken taken = new Runs(store, LIMITS).take(head, new byte[0]);
        try (HeldRun run = ((Taken.Held) taken).run()) {
            run.end(new RunEnd(RunState.FAILED, Instant.now(), "", 1, List.of(), null), new byte[0]);
        }

        assertThat(new Runs(store, LIMITS).status("my-run").orElseThrow().state())
                .isEqualTo(RunState.FAILED);
        assertThat(new Runs(new Retried(store), LIMITS)
                        .status("my-run")
                        .orElseThrow()
                        .state())
                .isEqualTo(RunState.WAITING);
    }

    /** A store whose run's end is deleted, as by a retry, once its documents have been listed. */
    private record Retried(RunStore store) implements RunStore {
        @Override
        public List<Document> documents(String run) throws IOException {
            List<Document> documents = store.documents(run);
            store.delete(run, "end.failed");
            return documents;
        }

        @Override
        public boolean create(String run, String document, byte[]... content) throws IOException {
            return store.create(run, document, content);
        }

        @Override
        public void replace(String run, String document, byte[]... content) throws IOException {
            store.replace(run, document, content);
        }

        @Override
        public Optional<InputStream> open(String run, String document) throws IOException {
            return store.open(run, document);
        }

        @Override
        public void delete(String run, String document) throws IOException {
            store.delete(run, document);
        }

        @Override
        public List<Stored> runs(String after, int limit) throws IOException {
            return store.runs(after, limit);
        }
    }
}
