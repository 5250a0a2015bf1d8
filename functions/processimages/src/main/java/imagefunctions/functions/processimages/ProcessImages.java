package imagefunctions.functions.processimages;

import imagefunctions.runtime.Call;
import imagefunctions.runtime.Problem;
import imagefunctions.runtime.Reply;
import io.quarkus.funqy.Funq;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;

/** Converts pictures from the bucket of incoming pictures into that of processed ones. */
@Singleton
public final class ProcessImages {
    private static final String USAGE = """
            processimages: sends each picture of the bucket "incoming" through a function and stores the result under the same
            name in the bucket "processed"

              curl -d '["photo.jpg"]' .../function/processimages?function=thumbnail    these pictures
              curl -d '{"reconcile": true}' .../function/processimages                 all whose result is missing or outdated; an empty body means the same
              a bucket notification of MinIO, Ceph or S3                               those in the notification

            Query parameters:
              function  the function that converts (default: bw)
              detail    "true" for one entry per picture, with its outcome
              Other parameters are passed to the function.
            """;

    private final WebhookToken token;
    private final Processing processing;

    ProcessImages(WebhookToken token, Processing processing) {
        this.token = token;
        this.processing = processing;
    }

    @Funq("processimages")
    @RunOnVirtualThread
    public Reply processimages(Call call) throws InterruptedException {
        return switch (call.method()) {
            case "POST", "PUT" -> {
                token.check(call.header("Authorization"));
                yield processing.answer(call);
            }
            case "GET", "HEAD" -> Reply.text(USAGE);
            default ->
                throw new Problem.MethodNotAllowed(
                                call.method(), "GET, HEAD, POST, PUT", "POST names or events, or GET the usage text")
                        .asException();
        };
    }
}
