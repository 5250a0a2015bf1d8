package imagefunctions.localgateway.pictures;

import imagefunctions.functions.chaining.Chaining;
import imagefunctions.functions.chaining.WorkflowTexts;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What makes a function's answers other ones: the release, and for chaining its workflows. */
@Singleton
final class FunctionVersions {
    private final String release;
    private final String workflows;

    FunctionVersions(@ConfigProperty(name = "quarkus.application.version") String release, WorkflowTexts workflows) {
        this.release = release;
        this.workflows = Hash.of(workflows.all());
    }

    String of(String function) {
        return function.equals(Chaining.NAME) ? release + " " + workflows : release;
    }
}
