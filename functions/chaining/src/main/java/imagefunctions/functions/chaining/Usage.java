package imagefunctions.functions.chaining;

import imagefunctions.runtime.Call;
import java.util.Collection;

/** The text that a GET answers. */
final class Usage {
    private Usage() {}

    static String of(Collection<String> workflows, Call call) {
        return """
                chaining: Sends a picture through the functions of a workflow and answers with the last one's picture.

                  curl --data-binary @photo.jpg %s -o result.jpg

                Parameters, in the query:
                  workflow   which one: %s; otherwise %s
                  explain    true answers what happened, step by step, as JSON instead of the picture
                  export     mermaid or dot answers the workflow as a graph, without running it
                """.formatted(url(call), String.join(", ", workflows), WorkflowFolder.DEFAULT);
    }

    /** The address that the caller used: behind a gateway, or of the function itself. */
    private static String url(Call call) {
        return call.header("X-Forwarded-Host")
                .map(gateway -> "http://" + gateway + "/function/chaining")
                .orElseGet(() -> "http://" + call.header("Host").orElse("127.0.0.1:8080") + "/");
    }
}
