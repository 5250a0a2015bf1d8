package imagefunctions.functions.chaining;

import imagefunctions.functions.chaining.workflow.Workflow;
import imagefunctions.runtime.Call;
import imagefunctions.runtime.Usage;
import imagefunctions.runtime.Usage.Parameter;
import imagefunctions.runtime.Usage.Variant;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;

/** How chaining is used. */
final class WorkflowsUsage {
    private static final String SUMMARY =
            "Sends a picture through the functions of a workflow and returns the last one's picture.";

    private WorkflowsUsage() {}

    static Usage of(SortedMap<String, Workflow> workflows, Call call) {
        return new Usage(
                text(workflows.keySet(), call),
                SUMMARY,
                "*/*",
                List.of(Parameter.oneOf(
                        "workflow", "the workflow to run", List.copyOf(workflows.keySet()), WorkflowFolder.DEFAULT)),
                workflows.values().stream().map(WorkflowsUsage::variant).toList());
    }

    private static Variant variant(Workflow workflow) {
        return new Variant(
                workflow.name(),
                "workflow=" + workflow.name(),
                workflow.title(),
                workflow.parameters().stream()
                        .map(name -> Parameter.text(name, "read by the workflow"))
                        .toList());
    }

    private static String text(Collection<String> workflows, Call call) {
        return """
                chaining: %s

                  curl --data-binary @photo.jpg %s -o result.jpg

                Query parameters:
                  workflow   the workflow to run, one of: %s (default: %s)
                  explain    true returns what happened, step by step, as JSON instead of the picture
                  state-flow ID of a durable run returns where it is, as JSON; pause-flow, resume-flow, stop-flow and
                             retry-flow steer it
                  export     mermaid, dot or json returns the workflow as a graph, without running it
                """.formatted(SUMMARY, call.url(), String.join(", ", workflows), WorkflowFolder.DEFAULT);
    }
}
