package imagefunctions.pictures;

import imagefunctions.imaging.error.BadParameterException;
import imagefunctions.imaging.error.DamagedImageException;
import imagefunctions.imaging.error.ImageException;
import imagefunctions.imaging.error.NotAnImageException;
import imagefunctions.imaging.error.TooManyPixelsException;
import imagefunctions.runtime.Problem;

/** The one table from image errors to problems, and so to statuses. */
public final class ImageProblem {
    private ImageProblem() {}

    /** The problem that reports this error. */
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
