package imagefunctions.functions.loadimages;

import imagefunctions.egress.GuardedClient;
import imagefunctions.egress.RefusedUrlException;
import imagefunctions.runtime.Problem;
import imagefunctions.runtime.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;

/** Fetches what is behind one URL into a file, if it is an image and not too large. */
final class Download {
    private static final int MOST_REDIRECTS = 5;
    private static final int PART = 1 << 16;

    private final GuardedClient client;
    private final long maxBytes;
    private final Duration time;

    Download(LoadSettings settings) {
        this.client = settings.client();
        this.maxBytes = settings.maxBytes();
        this.time = settings.downloadTime();
    }

    /** What was fetched. */
    record Fetched(ImageType type, long bytes) {}

    HttpUrl check(String url) {
        try {
            return client.check(url);
        } catch (RefusedUrlException e) {
            throw new Problem.BadRequest(e.getMessage()).asException();
        }
    }

    /**
     * Fetches the image, following redirects.
     *
     * @throws ProblemException with what is wrong with the URL or with what is behind it
     */
    Fetched fetch(HttpUrl from, Path to) {
        long deadline = System.nanoTime() + time.toNanos();
        HttpUrl url = from;
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            try (Response response = client.send(request(url))) {
                if (!response.isRedirect()) {
                    return take(response, to, deadline);
                }
                url = target(url, response);
            } catch (RefusedUrlException e) {
                throw new Problem.BadRequest(e.getMessage()).asException();
            } catch (IOException e) {
                throw unavailable("The URL gave no image: " + e.getMessage() + ".");
            }
            if (System.nanoTime() > deadline) {
                throw tooSlow();
            }
        }
        throw new Problem.Unprocessable("The URL leads through more than " + MOST_REDIRECTS + " redirects.")
                .asException();
    }

    private static Request request(HttpUrl url) {
        return new Request.Builder()
                .url(url)
                .header("Accept", "image/*")
                // Images gain nothing by it, and what unpacks to a multiple stays out.
                .header("Accept-Encoding", "identity")
                .header("User-Agent", "image-functions")
                .build();
    }

    private HttpUrl target(HttpUrl url, Response redirect) throws RefusedUrlException {
        String location = redirect.header("Location");
        HttpUrl target = location == null ? null : url.resolve(location);
        if (target == null) {
            throw new Problem.Unprocessable("The URL redirects to nothing that can be called.").asException();
        }
        return client.check(target.toString());
    }

    private Fetched take(Response response, Path to, long deadline) throws IOException {
        if (response.code() != 200) {
            String detail = "The URL answered " + response.code() + ".";
            throw response.code() >= 500 || response.code() == 429
                    ? unavailable(detail)
                    : new Problem.NotFound(detail).asException();
        }
        if (response.body().contentLength() > maxBytes) {
            throw tooLarge();
        }
        try (InputStream in = response.body().byteStream();
                OutputStream out = Files.newOutputStream(to)) {
            byte[] head = in.readNBytes(ImageType.HEAD);
            Optional<ImageType> type = ImageType.of(head);
            if (type.isEmpty()) {
                throw new Problem.UnsupportedMediaType(
                                "What is behind the URL is no image: give one of a JPEG, PNG, GIF, WebP, BMP or TIFF.")
                        .asException();
            }
            out.write(head);
            return new Fetched(type.get(), head.length + copy(in, out, maxBytes - head.length, deadline));
        }
    }

    private static long copy(InputStream in, OutputStream out, long most, long deadline) throws IOException {
        byte[] part = new byte[PART];
        long copied = 0;
        for (int read = in.read(part); read >= 0; read = in.read(part)) {
            copied += read;
            if (copied > most) {
                throw tooLarge();
            }
            if (System.nanoTime() > deadline) {
                throw tooSlow();
            }
            out.write(part, 0, read);
        }
        return copied;
    }

    private static ProblemException tooLarge() {
        return new Problem.TooLarge(
                        "The image is larger than IMAGE_FUNCTIONS_LOAD_MAX_BYTES allows: give a smaller one.")
                .asException();
    }

    private static ProblemException tooSlow() {
        return unavailable("The image did not arrive within IMAGE_FUNCTIONS_LOAD_TIMEOUT: try again later.");
    }

    private static ProblemException unavailable(String detail) {
        return new Problem.Unavailable(detail).asException();
    }
}
