package imagefunctions.imaging.operation;

import imagefunctions.imaging.error.BadParameterException;
import imagefunctions.jpeg.format.Transform;
import java.util.Arrays;
import java.util.Locale;

/** The transforms by the names that callers give, which are those of Pillow: angles are counter-clockwise. */
public enum TransposeMethod {
    ROTATE_180(Transform.ROTATE_180),
    ROTATE_90(Transform.ROTATE_270_CW),
    ROTATE_270(Transform.ROTATE_90_CW),
    FLIP_LEFT_RIGHT(Transform.FLIP_HORIZONTAL),
    FLIP_TOP_BOTTOM(Transform.FLIP_VERTICAL),
    TRANSPOSE(Transform.TRANSPOSE),
    TRANSVERSE(Transform.TRANSVERSE);

    public static final Allowed ALLOWED = new Allowed.OneOf(
            Arrays.stream(values()).map(TransposeMethod::title).toList());

    private final Transform transform;

    TransposeMethod(Transform transform) {
        this.transform = transform;
    }

    public Transform transform() {
        return transform;
    }

    /**
     * The method of this name, such as {@code rotate_90}.
     *
     * @throws BadParameterException if there is none
     */
    public static TransposeMethod named(String title) {
        return Arrays.stream(values())
                .filter(method -> method.title().equals(title))
                .findFirst()
                .orElseThrow(() -> BadParameterException.value("method", title, ALLOWED));
    }

    private String title() {
        return name().toLowerCase(Locale.ROOT);
    }
}
