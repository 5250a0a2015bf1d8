package imagefunctions.functions.loadimages;

import imagefunctions.runtime.Call;
import imagefunctions.runtime.Problem;
import imagefunctions.runtime.Reply;
import io.quarkus.funqy.Funq;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;

/** Downloads the images of a list of URLs into the bucket for incoming pictures. */
@Singleton
public final class LoadImages {
    private static final String USAGE = """
            loadimages: downloads images into the bucket "incoming" and answers with their names

              curl -d '{"urls": ["https://example.com/photo.jpg"]}' .../function/loadimages

            Parameters, in the query:
              names   "uuid" or "url": a new name each, or the last part of the URL's path; otherwise uuid
              detail  "true": one entry for each URL, with name, bytes and type, or the problem
            """;

    private final Downloads downloads;

    LoadImages(Downloads downloads) {
        this.downloads = downloads;
    }

    @Funq("loadimages")
    @RunOnVirtualThread
    public Reply loadimages(Call call) throws InterruptedException {
        return switch (call.method()) {
            case "POST", "PUT" -> downloads.all(LoadRequest.read(call));
            case "GET", "HEAD" -> Reply.text(USAGE);
            default ->
                throw new Problem.MethodNotAllowed(
                                call.method(), "GET, HEAD, POST, PUT", "POST a list of URLs, or GET how to")
                        .asException();
        };
    }
}
