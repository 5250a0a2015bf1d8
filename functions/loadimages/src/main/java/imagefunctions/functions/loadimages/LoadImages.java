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
    private final Downloads downloads;

    LoadImages(Downloads downloads) {
        this.downloads = downloads;
    }

    @Funq("loadimages")
    @RunOnVirtualThread
    public Reply loadimages(Call call) throws InterruptedException {
        return switch (call.method()) {
            case "POST", "PUT" -> downloads.all(LoadRequest.read(call));
            case "GET", "HEAD" -> Reply.text(usage(call.url()));
            default ->
                throw new Problem.MethodNotAllowed(
                                call.method(), "GET, HEAD, POST, PUT", "POST a list of URLs, or GET the usage text")
                        .asException();
        };
    }

    private static String usage(String url) {
        return """
                loadimages: Downloads images into the bucket "incoming" and returns their names.

                  curl -d '{"urls": ["https://example.com/photo.jpg"]}' %s

                Query parameters:
                  names   uuid for new names, or url for the last segment of each URL's path (default: uuid)
                  detail  true returns one entry per URL, with name, bytes and type, or the problem (default: false)
                """.formatted(url);
    }
}
