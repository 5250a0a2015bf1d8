package imagefunctions.functions.chaining;

import imagefunctions.runtime.Call;
import java.util.Collection;

/** The usage text that a GET returns. */
final class Usage {
    private Usage() {}

    static String of(Collection<String> workflows, Call call) {
        return """
                chaining: Sends a picture through the functions of a workflow and returns the last one's picture.

                  curl --data-binary @photo.jpg %s -o result.jpg

                Query parameters:
                  workflow   the workflow to run, one of: %s (default: %s)
                  explain    true returns what happened, step by step, as JSON instead of the picture
                  state-flow ID of a durable run returns where it is, as JSON; pause-flow, resume-flow, stop-flow and
                             retry-flow steer it
                  export     mermaid or dot returns the workflow as a graph, without running it
                """.formatted(call.url(), String.join(", ", workflows), WorkflowFolder.DEFAULT);
    }
}
