package imagefunctions.functions.processimages;

import imagefunctions.runtime.Call;
import imagefunctions.runtime.Problem;
import imagefunctions.runtime.Reply;
import io.quarkus.funqy.Funq;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;

/** Converts pictures of the bucket for incoming ones into the bucket for processed ones. */
@Singleton
public final class ProcessImages {
    private static final String USAGE = """
            processimages: fetches pictures from the bucket "incoming", sends each through a function, and stores what
            comes back in the bucket "processed" under the same name

              curl -d '["photo.jpg"]' .../function/processimages?function=thumbnail    these
              curl -d '{"reconcile": true}' .../function/processimages                 all that are missing or old; so does no body
              a bucket notification of MinIO, Ceph or S3                               those it tells of

            Parameters, in the query:
              function  the function that converts; otherwise bw
              detail    "true": one entry for each picture, with what became of it
              others    go to the function
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
                                call.method(), "GET, HEAD, POST, PUT", "POST names or events, or GET how to")
                        .asException();
        };
    }
}
