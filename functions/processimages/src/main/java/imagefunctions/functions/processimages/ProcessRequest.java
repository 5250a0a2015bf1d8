package imagefunctions.functions.processimages;

import com.fasterxml.jackson.databind.JsonNode;
import imagefunctions.runtime.JsonBody;
import imagefunctions.runtime.Problem;
import imagefunctions.runtime.ProblemException;
import imagefunctions.storage.ObjectEvent;
import imagefunctions.storage.ObjectEvents;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A request to convert pictures. */
sealed interface ProcessRequest {
    /** The objects with these names. */
    record Names(List<String> names) implements ProcessRequest {}

    /** The new objects that these events report. */
    record Notification(List<ObjectEvent> events) implements ProcessRequest {}

    /**
     * All objects whose result is missing or outdated.
     *
     * @param after the name to continue after, or an empty string
     */
    record Reconcile(String after) implements ProcessRequest {}

    /** An empty body asks to reconcile: OpenFaaS' cron connector sends no body. */
    static ProcessRequest read(byte[] body) {
        if (body.length == 0) {
            return new Reconcile("");
        }
        JsonNode message = tree(body);
        if (message.isArray()) {
            return new Names(names(message));
        }
        if (ObjectEvents.areIn(message)) {
            return new Notification(events(message));
        }
        if (message.path("reconcile").asBoolean()) {
            return new Reconcile(message.path("after").asText(""));
        }
        throw shape();
    }

    private static JsonNode tree(byte[] body) {
        try {
            return JsonBody.read(body);
        } catch (IOException e) {
            throw shape();
        }
    }

    private static List<String> names(JsonNode message) {
        List<String> names = new ArrayList<>();
        for (JsonNode name : message) {
            if (!name.isTextual() || name.asText().isEmpty()) {
                throw shape();
            }
            names.add(name.asText());
        }
        return names.stream().distinct().toList();
    }

    private static List<ObjectEvent> events(JsonNode message) {
        try {
            return ObjectEvents.read(message);
        } catch (IllegalArgumentException e) {
            throw new Problem.BadRequest(String.valueOf(e.getMessage())).asException();
        }
    }

    private static ProblemException shape() {
        return new Problem.BadRequest("Send a JSON list of names ([\"photo.jpg\"]), a bucket notification"
                        + " ({\"Records\": [...]}), or {\"reconcile\": true}.")
                .asException();
    }
}
