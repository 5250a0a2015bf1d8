package imagefunctions.pictures;

import imagefunctions.imaging.error.BadParameterException;
import imagefunctions.imaging.error.DamagedImageException;
import imagefunctions.imaging.error.ImageException;
import imagefunctions.imaging.error.NotAnImageException;
import imagefunctions.imaging.error.TooManyPixelsException;
import imagefunctions.runtime.Problem;

/** Which problem, and so which status, each image error is. */
public final class ImageProblem {
    private ImageProblem() {}

    /** The problem to answer for this error. */
    public static Problem of(ImageException error) {
        String detail = String.valueOf(error.getMessage());
        return switch (error) {
            case BadParameterException e -> new Problem.BadRequest(detail);
            case TooManyPixelsException e -> new Problem.TooLarge(detail);
            case NotAnImageException e -> new Problem.UnsupportedMediaType(detail);
            case DamagedImageException e -> new Problem.Unprocessable(detail);
        };
    }
}
