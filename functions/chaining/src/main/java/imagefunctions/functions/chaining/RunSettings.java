package imagefunctions.functions.chaining;

import imagefunctions.storage.ObjectStore;
import imagefunctions.workflowruns.BucketRuns;
import imagefunctions.workflowruns.FolderRuns;
import imagefunctions.workflowruns.RunLimits;
import imagefunctions.workflowruns.RunStore;
import imagefunctions.workflowruns.Runs;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Where durable runs are kept, and how much of them, from the environment. */
@Singleton
final class RunSettings {

    @ConfigMapping(prefix = "image-functions")
    interface Environment {
        @WithDefault("data/runs")
        Path runsFolder();

        Optional<String> runsBucket();

        @WithDefault("4G")
        MemorySize runsMaxBytes();

        @WithDefault("10000")
        int runsMaxCount();

        @WithDefault("168h")
        Duration runsKept();

        @WithDefault("30s")
        Duration runLease();
    }

    @Produces
    @Singleton
    Runs runs(Environment environment, Instance<ObjectStore> objects) {
        RunStore store = environment
                .runsBucket()
                .<RunStore>map(bucket -> new BucketRuns(objects::get, bucket))
                .orElseGet(() -> new FolderRuns(environment.runsFolder()));
        return new Runs(
                store,
                new RunLimits(
                        environment.runsMaxBytes().asLongValue(),
                        environment.runsMaxCount(),
                        environment.runsKept(),
                        environment.runLease()));
    }
}
