package imagefunctions.functions.chaining.run;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import imagefunctions.functions.chaining.workflow.Body;
import imagefunctions.runtime.Problem;
import imagefunctions.runtime.ProblemJson;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The report on a run as JSON: its timeline, and the problem that ended it. */
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

    /** The timeline: every step with its attempts, status, bytes and milliseconds. */
    public Body explained(List<String> leftOut) {
        ObjectNode json = JSON.createObjectNode().put("workflow", workflow).put("callId", callId);
        putTimeline(json, leftOut);
        return new Body("application/json", (json.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** RFC 9457 problem+json with the step, its status and its text. */
    public Body problem(StepFailedException failure) {
        return problem(failure, JSON.createObjectNode());
    }

    /** The same with the timeline. */
    public Body explainedProblem(StepFailedException failure, List<String> leftOut) {
        ObjectNode json = JSON.createObjectNode();
        putTimeline(json, leftOut);
        return problem(failure, json);
    }

    /** The gateways that answered, each once, in the order of the steps. */
    public List<String> gateways() {
        return timeline.gateways();
    }

    /** How many pictures the file holds of which the results show the first. */
    public int frames() {
        return timeline.frames();
    }

    private Body problem(StepFailedException failure, ObjectNode details) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("workflow", workflow);
        members.put("step", failure.step());
        members.put("stepStatus", failure.stepStatus());
        members.put("stepText", failure.stepText());
        details.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
        Problem problem = new Problem.Extended(failure.status(), failure.detail(), members);
        return new Body(ProblemJson.MEDIA_TYPE, ProblemJson.write(problem, callId));
    }

    private void putTimeline(ObjectNode json, List<String> leftOut) {
        json.put("milliseconds", rounded(timeline.elapsed()));
        var out = json.putArray("leftOut");
        leftOut.forEach(out::add);
        var steps = json.putArray("steps");
        for (Timeline.Entry entry : timeline.entries()) {
            steps.addObject()
                    .put("index", entry.index())
                    .put("step", entry.step())
                    .put("function", entry.function())
                    .put("end", entry.end().label())
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
}
