package imagefunctions.functions.chaining;

import java.util.Collection;

/** What a GET is answered. */
final class Usage {
    private Usage() {}

    static String of(Collection<String> workflows) {
        return """
                chaining sends a picture through the functions of a workflow and answers with the last one's result.

                  curl --data-binary @photo.jpg .../function/chaining -o result.jpg

                ?workflow=NAME   which one: %s (%s if not given)
                ?explain=true    answers what happened, step by step, as JSON instead of the picture
                ?export=mermaid  answers the workflow as a graph without running it; dot does too
                """.formatted(String.join(", ", workflows), FlowFolder.DEFAULT);
    }
}
