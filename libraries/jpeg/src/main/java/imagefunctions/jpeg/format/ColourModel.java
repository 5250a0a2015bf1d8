package imagefunctions.jpeg.format;

import java.util.List;

/** The colour space of a file's components, by the rules of libjpeg's {@code default_decompress_parms}. */
public enum ColourModel {
    GREY,
    RGB,
    YCBCR,
    CMYK,
    YCCK,
    /** Two components, or five and more. */
    UNKNOWN;

    private static final List<Integer> RGB_IDS = List.of((int) 'R', (int) 'G', (int) 'B');

    /**
     * Decides.
     *
     * @param jfif whether it has a JFIF segment
     * @param adobeTransform the colour transform of its Adobe segment, -1 if there is none
     */
    static ColourModel of(Frame frame, boolean jfif, int adobeTransform) {
        return switch (frame.components().size()) {
            case 1 -> GREY;
            case 3 -> {
                boolean rgb = adobeTransform >= 0
                        ? adobeTransform == 0
                        : frame.components().stream()
                                .map(Component::id)
                                .toList()
                                .equals(RGB_IDS);
                yield rgb && !jfif ? RGB : YCBCR;
            }
            case 4 -> adobeTransform > 0 ? YCCK : CMYK;
            default -> UNKNOWN;
        };
    }
}
