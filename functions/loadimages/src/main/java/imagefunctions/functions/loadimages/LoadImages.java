package imagefunctions.functions.loadimages;

import imagefunctions.runtime.Call;
import imagefunctions.runtime.Problem;
import imagefunctions.runtime.Reply;
import imagefunctions.runtime.Usage;
import imagefunctions.runtime.Usage.Parameter;
import imagefunctions.traces.TraceContext;
import io.quarkus.funqy.Funq;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import java.util.List;

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
            case "POST", "PUT" -> downloads.all(LoadRequest.read(call), TraceContext.of(call::header));
            case "GET", "HEAD" -> usage(call.url()).reply(call);
            default ->
                throw new Problem.MethodNotAllowed(
                                call.method(), "GET, HEAD, POST, PUT", "POST a list of URLs, or GET the usage text")
                        .asException();
        };
    }

    private static Usage usage(String url) {
        String text = """
                loadimages: Downloads images into the bucket "incoming" and returns their names.

                  curl -d '{"urls": ["https://example.com/photo.jpg"]}' %s

                Query parameters:
                  names   uuid for new names, or url for the last segment of each URL's path (default: uuid)
                  detail  true returns one entry per URL, with name, bytes and type, or the problem (default: false)
                """.formatted(url);
        return new Usage(
                text,
                "Downloads images into the bucket \"incoming\" and returns their names.",
                "application/json",
                List.of(
                        Parameter.oneOf("names", "how they are called", List.of("uuid", "url"), "uuid"),
                        Parameter.oneOf(
                                "detail", "whether to return one entry per URL", List.of("true", "false"), "false")),
                List.of());
    }
}
