package imagefunctions.functions.processimages;

import imagefunctions.runtime.Call;
import imagefunctions.runtime.Problem;
import imagefunctions.runtime.Reply;
import imagefunctions.runtime.Usage;
import imagefunctions.runtime.Usage.Parameter;
import io.quarkus.funqy.Funq;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import java.util.List;

/** Converts pictures of some buckets into pictures of others, as the rules say. */
@Singleton
public final class ProcessImages {
    /** The function's name. */
    public static final String NAME = "processimages";

    private final WebhookToken token;
    private final Processing processing;

    ProcessImages(WebhookToken token, Processing processing) {
        this.token = token;
        this.processing = processing;
    }

    @Funq(NAME)
    @RunOnVirtualThread
    public Reply processimages(Call call) throws InterruptedException {
        return switch (call.method()) {
            case "POST", "PUT" -> {
                token.check(call.header("Authorization"));
                yield processing.answer(call);
            }
            case "GET", "HEAD" -> usage(call.url()).reply(call);
            default ->
                throw new Problem.MethodNotAllowed(
                                call.method(), "GET, HEAD, POST, PUT", "POST names or events, or GET the usage text")
                        .asException();
        };
    }

    private static Usage usage(String url) {
        String text = """
                processimages: Sends pictures of a bucket through a function and stores the results in another, as rules say;
                without rules, from "incoming" through "bw" to "processed".

                  curl -d '["photo.jpg"]' "%1$s?function=thumbnail"
                  curl -d '{"reconcile": true}' %1$s

                The body is one of:
                  a list of names      these pictures
                  a notification       of a bucket, from MinIO, Ceph or AWS: the pictures that it reports
                  {"reconcile": true}  all pictures whose result is missing or outdated; an empty body means the same

                Query parameters:
                  rule      the rule to go by (default: all)
                  function  the function that converts, from "incoming" to "processed", whatever the rules say
                  workflow  the workflow of chaining that does
                  detail    true returns one entry per picture, with its outcome (default: false)
                  Other parameters are passed to the function.
                """.formatted(url);
        return new Usage(
                text,
                "Sends pictures of a bucket through a function and stores the results in another, as rules say.",
                "application/json",
                List.of(
                        Parameter.text("rule", "the rule to go by"),
                        Parameter.text("function", "the function that converts, whatever the rules say"),
                        Parameter.text("workflow", "the workflow of chaining that does"),
                        Parameter.oneOf(
                                "detail",
                                "whether to return one entry per picture",
                                List.of("true", "false"),
                                "false")),
                List.of());
    }
}
