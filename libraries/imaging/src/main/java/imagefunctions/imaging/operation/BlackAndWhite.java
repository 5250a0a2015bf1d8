package imagefunctions.imaging.operation;

import imagefunctions.imaging.pixels.Picture;
import java.util.Optional;

/** Converts a picture to greyscale with the luma weights of ITU-R BT.601. */
public record BlackAndWhite() implements Operation {

    @Override
    public Picture apply(Picture picture) {
        if (picture.grey()) {
            return picture;
        }
        Picture grey = picture.blank(picture.width(), picture.height(), 1);
        byte[] bgr = picture.samples();
        byte[] luma = grey.samples();
        for (int i = 0, from = 0; i < luma.length; i++, from += 3) {
            int blue = bgr[from] & 0xFF;
            int green = bgr[from + 1] & 0xFF;
            int red = bgr[from + 2] & 0xFF;
            // 0.299 R + 0.587 G + 0.114 B in 16-bit fixed point, rounded as in Pillow's convert("L").
            luma[i] = (byte) ((19595 * red + 38470 * green + 7471 * blue + 0x8000) >> 16);
        }
        return grey;
    }

    @Override
    public Optional<DctPlan> plan(DctPlan plan) {
        return Optional.of(plan.greyed());
    }
}
