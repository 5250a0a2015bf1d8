package imagefunctions.pictures;

import imagefunctions.imaging.Imaging;
import imagefunctions.imaging.Recipe;
import imagefunctions.imaging.Result;
import imagefunctions.imaging.codec.PixelLimit;
import imagefunctions.imaging.codec.ProcessingPath;
import imagefunctions.imaging.error.ImageException;
import imagefunctions.imaging.error.NotAnImageException;
import imagefunctions.runtime.Call;
import imagefunctions.runtime.Metrics;
import imagefunctions.runtime.Problem;
import imagefunctions.runtime.Reply;
import io.quarkus.runtime.Startup;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Optional;

/** Serves a recipe as a function: POST answers with a picture, GET with the usage text. */
@Singleton
@Startup
public final class ImageFunction {

    /** How many pictures the file holds of which an answer shows the first; not sent where there is one. */
    public static final String FRAMES = "X-Frames";

    private final Imaging imaging;
    private final Metrics metrics;

    /**
     * A function for pictures of up to this many pixels.
     *
     * @param metrics counts the pictures made, by function and by the path they took
     * @param limit the setting IMAGE_FUNCTIONS_MAX_PIXELS: width times height according to the picture's header
     */
    @Inject
    public ImageFunction(Metrics metrics, PixelLimit limit) {
        this.metrics = metrics;
        this.imaging = new Imaging(limit);
    }

    /** The answer to a call: the recipe's picture, or its usage text. */
    public Reply answer(Recipe recipe, Call call) {
        return switch (call.method()) {
            case "POST", "PUT" -> reply(picture(recipe, call));
            case "GET", "HEAD" -> RecipeUsage.of(recipe, call).reply(call);
            default ->
                throw new Problem.MethodNotAllowed(
                                call.method(), "GET, HEAD, POST, PUT", "POST a picture, or GET the usage text")
                        .asException();
        };
    }

    private static Reply reply(Result result) {
        Reply reply = Reply.of(Imaging.MEDIA_TYPE, result.file());
        return result.frames() == 1 ? reply : reply.with(FRAMES, Integer.toString(result.frames()));
    }

    private Result picture(Recipe recipe, Call call) {
        try {
            Result result = imaging.run(call.body(), recipe.with(call.parameters()));
            count(recipe, result.path());
            return result;
        } catch (NotAnImageException e) {
            throw new Problem.UnsupportedMediaType(wrapping(call).orElse(String.valueOf(e.getMessage()))).asException();
        } catch (ImageException e) {
            throw ImageProblem.of(e).asException();
        }
    }

    /** What the sender has put around a picture, and how to send it without. */
    private static Optional<String> wrapping(Call call) {
        if (call.header("Content-Type")
                .filter(type -> type.startsWith("multipart/"))
                .isPresent()) {
            return Optional.of("The body is a form (multipart): send the picture's bytes alone, with curl by"
                    + " --data-binary @photo.jpg in place of -F.");
        }
        return call.header("Content-Encoding")
                .filter(coding -> !coding.equalsIgnoreCase("identity"))
                .map(coding -> "The body is compressed (Content-Encoding: " + coding
                        + "): send the picture's bytes as they are, with curl by --data-binary @photo.jpg.");
    }

    private void count(Recipe recipe, ProcessingPath path) {
        // No switch over patterns on the way of a first call: decision 12.
        if (path instanceof ProcessingPath.Pixels(ProcessingPath.Reason reason)) {
            count(recipe, "pixels", reason.name().toLowerCase(Locale.ROOT));
        } else {
            count(recipe, "coefficients", "none");
        }
    }

    private void count(Recipe recipe, String way, String why) {
        metrics.count("function_pictures_total", 1, "function", recipe.name(), "way", way, "why", why);
    }
}
