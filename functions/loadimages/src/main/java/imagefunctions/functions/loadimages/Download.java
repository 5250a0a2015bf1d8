package imagefunctions.functions.loadimages;

import imagefunctions.egress.GuardedClient;
import imagefunctions.egress.RefusedUrlException;
import imagefunctions.imagetype.ImageType;
import imagefunctions.reasons.Reason;
import imagefunctions.retry.RetryAfter;
import imagefunctions.retry.TransientStatus;
import imagefunctions.runtime.Problem;
import imagefunctions.runtime.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;

/** Downloads the image at a URL into a file, if it is an image and not too large. */
final class Download {
    private static final int MAX_REDIRECTS = 5;
    private static final int BUFFER_SIZE = 1 << 16;

    private final GuardedClient client;
    private final long maxBytes;
    private final Duration timeout;

    Download(LoadSettings settings) {
        this.client = settings.client();
        this.maxBytes = settings.maxBytes();
        this.timeout = settings.downloadTimeout();
    }

    /** A downloaded image. */
    record Downloaded(ImageType type, long bytes) {}

    HttpUrl check(String url) {
        try {
            return client.check(url);
        } catch (RefusedUrlException e) {
            throw new Problem.BadRequest(e.getMessage()).asException();
        }
    }

    /**
     * Downloads the image, following redirects.
     *
     * @throws ProblemException if the URL or the resource is unusable
     */
    Downloaded download(HttpUrl from, Path to) {
        long deadline = System.nanoTime() + timeout.toNanos();
        HttpUrl url = from;
        for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
            try (Response response = client.send(request(url), left(deadline))) {
                if (!response.isRedirect()) {
                    return save(response, to);
                }
                url = target(url, response);
            } catch (RefusedUrlException e) {
                throw new Problem.BadRequest(e.getMessage()).asException();
            } catch (UnknownHostException e) {
                throw unavailable("The host " + url.host() + " is unknown: check the URL.");
            } catch (InterruptedIOException e) {
                throw timedOut();
            } catch (IOException e) {
                throw unavailable("The image could not be downloaded: " + Reason.of(e) + ".");
            }
        }
        throw new Problem.Unprocessable("The URL redirects more than " + MAX_REDIRECTS + " times.").asException();
    }

    /** What is left for a request, those before it having had their part. */
    private static Duration left(long deadline) {
        long nanos = deadline - System.nanoTime();
        if (nanos <= 0) {
            throw timedOut();
        }
        return Duration.ofNanos(nanos);
    }

    private static Request request(HttpUrl url) {
        return new Request.Builder()
                .url(url)
                .header("Accept", "image/*")
                // Images are compressed already, and this keeps decompression bombs out.
                .header("Accept-Encoding", "identity")
                .header("User-Agent", "image-functions")
                .build();
    }

    private HttpUrl target(HttpUrl url, Response redirect) throws RefusedUrlException {
        String location = redirect.header("Location");
        HttpUrl target = location == null ? null : url.resolve(location);
        if (target == null) {
            throw new Problem.Unprocessable("The URL redirects to no valid URL.").asException();
        }
        return client.check(target.toString());
    }

    private Downloaded save(Response response, Path to) throws IOException {
        if (response.code() != 200) {
            String detail = "The URL answered " + response.code() + ".";
            Optional<Duration> asked = RetryAfter.of(name -> Optional.ofNullable(response.header(name)));
            throw TransientStatus.isTransientAtUnknownServer(response.code(), asked)
                    ? unavailable(detail)
                    : new Problem.NotFound(detail).asException();
        }
        if (response.body().contentLength() > maxBytes) {
            throw tooLarge();
        }
        try (InputStream in = response.body().byteStream();
                OutputStream out = Files.newOutputStream(to)) {
            byte[] head = in.readNBytes(ImageType.HEAD);
            Optional<ImageType> type = ImageType.ofAnyFile(head);
            if (type.isEmpty()) {
                throw new Problem.UnsupportedMediaType(
                                "The URL does not lead to an image: give that of a JPEG, PNG, GIF, WebP, BMP or TIFF file.")
                        .asException();
            }
            out.write(head);
            return new Downloaded(type.get(), head.length + copy(in, out, maxBytes - head.length));
        }
    }

    private static long copy(InputStream in, OutputStream out, long limit) throws IOException {
        byte[] buffer = new byte[BUFFER_SIZE];
        long copied = 0;
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            copied += read;
            if (copied > limit) {
                throw tooLarge();
            }
            out.write(buffer, 0, read);
        }
        return copied;
    }

    private static ProblemException tooLarge() {
        return new Problem.TooLarge(
                        "The image is larger than IMAGE_FUNCTIONS_LOAD_MAX_BYTES allows: give a smaller one.")
                .asException();
    }

    private static ProblemException timedOut() {
        return unavailable("The image did not arrive within IMAGE_FUNCTIONS_LOAD_TIMEOUT: try again later.");
    }

    private static ProblemException unavailable(String detail) {
        return new Problem.Unavailable(detail).asException();
    }
}
