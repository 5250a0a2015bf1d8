package imagefunctions.functions.chaining.run;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import imagefunctions.functions.chaining.workflow.Body;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What is told about a run, as JSON: its timeline, and the problem that ended it. */
public final class Report {
    private static final JsonMapper JSON = new JsonMapper();

    private final String workflow;
    private final String callId;
    private final Timeline timeline;

    Report(String workflow, String callId, Timeline timeline) {
        this.workflow = workflow;
        this.callId = callId;
        this.timeline = timeline;
    }

    /** The timeline: every step with attempts, status, bytes and milliseconds. */
    public Body explained(List<String> leftOut) {
        ObjectNode told = JSON.createObjectNode().put("workflow", workflow).put("callId", callId);
        putTimeline(told, leftOut);
        return json("application/json", told);
    }

    /** RFC 9457 problem+json that names the step, its status and its text. */
    public Body problem(StepFailedException failure) {
        return json("application/problem+json", members(failure));
    }

    /** The same with the timeline. */
    public Body explainedProblem(StepFailedException failure, List<String> leftOut) {
        ObjectNode told = members(failure);
        putTimeline(told, leftOut);
        return json("application/problem+json", told);
    }

    /** The gateways that served, each once, in the order of the steps. */
    public List<String> gateways() {
        return timeline.gateways();
    }

    private ObjectNode members(StepFailedException failure) {
        return JSON.createObjectNode()
                .put("type", "about:blank")
                .put("title", title(failure.status()))
                .put("status", failure.status())
                .put("detail", failure.detail())
                .put("callId", callId)
                .put("workflow", workflow)
                .put("step", failure.step())
                .put("stepStatus", failure.stepStatus())
                .put("stepText", failure.stepText());
    }

    private static String title(int status) {
        return switch (status) {
            case 503 -> "Service Unavailable";
            case 504 -> "Gateway Timeout";
            default -> "Bad Gateway";
        };
    }

    private void putTimeline(ObjectNode told, List<String> leftOut) {
        told.put("milliseconds", rounded(timeline.elapsed()));
        var out = told.putArray("leftOut");
        leftOut.forEach(out::add);
        var steps = told.putArray("steps");
        for (Timeline.Entry entry : timeline.entries()) {
            steps.addObject()
                    .put("index", entry.index())
                    .put("step", entry.step())
                    .put("function", entry.function())
                    .put("end", entry.end().word())
                    .put("attempts", entry.attempts())
                    .put("gateway", entry.gateway())
                    .put("status", entry.status())
                    .put("bytes", entry.bytes())
                    .put("after", rounded(entry.after()))
                    .put("milliseconds", rounded(entry.milliseconds()));
        }
    }

    private static double rounded(double milliseconds) {
        return Math.round(milliseconds * 1000) / 1000.0;
    }

    private static Body json(String type, ObjectNode told) {
        return new Body(type, (told.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
