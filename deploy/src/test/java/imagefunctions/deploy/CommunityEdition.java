package imagefunctions.deploy;

import com.google.gson.JsonObject;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What OpenFaaS' community edition refuses to deploy, and what its queue does not take. */
final class CommunityEdition {
    /** The most bytes of a body that its queue takes. */
    static final int QUEUED_BYTES = 256_000;

    private static final int FUNCTIONS = 15;
    private static final int REPLICAS = 5;
    private static final Set<String> PAID = Set.of(
            "com.openfaas.scale.zero",
            "com.openfaas.scale.zero-duration",
            "com.openfaas.scale.target",
            "com.openfaas.scale.type");

    private CommunityEdition() {}

    /** Why it would refuse the functions of a stack file. */
    static Stream<String> refusals(JsonObject functions) {
        Stream<String> many = functions.size() > FUNCTIONS
                ? Stream.of(functions.size() + " functions, more than " + FUNCTIONS)
                : Stream.empty();
        return Stream.concat(many, functions.entrySet().stream().flatMap(function -> refusal(
                        function.getValue().getAsJsonObject())
                .map(why -> function.getKey() + ": " + why)));
    }

    private static Stream<String> refusal(JsonObject function) {
        Map<String, String> labels = Manifest.labels(function, "labels");
        Stream<String> paid = labels.keySet().stream().filter(PAID::contains);
        Stream<String> scale = Stream.of("com.openfaas.scale.min", "com.openfaas.scale.max")
                .filter(label -> Integer.parseInt(labels.getOrDefault(label, "1")) > REPLICAS)
                .map(label -> label + " above " + REPLICAS);
        Stream<String> topics = Stream.of(
                        Manifest.labels(function, "annotations").getOrDefault("topic", ""))
                .filter(topic -> topic.contains(","))
                .map(topic -> "more than one topic");
        return Stream.of(paid, scale, topics).flatMap(why -> why);
    }
}
