package imagefunctions.functions.processimages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import imagefunctions.runtime.Problem;
import imagefunctions.runtime.ProblemException;
import imagefunctions.storage.ObjectEvent;
import imagefunctions.storage.ObjectEvents;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What a caller wants converted. */
sealed interface ProcessRequest {
    ObjectMapper JSON = new ObjectMapper();

    /** These objects. */
    record Names(List<String> names) implements ProcessRequest {}

    /** The objects that these events tell of. */
    record Notification(List<ObjectEvent> events) implements ProcessRequest {}

    /**
     * Whatever is missing or old.
     *
     * @param after the name to go on behind, or an empty text
     */
    record Reconcile(String after) implements ProcessRequest {}

    /** An empty body asks to reconcile: OpenFaaS' cron connector sends no other. */
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
            return JSON.readTree(body);
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
