package imagefunctions.imaging.pixels;

import imagefunctions.jpeg.format.Interruption;
import imagefunctions.jpeg.format.Transform;

/** Pixels flipped, transposed or rotated. */
final class TransformedPixels {

    private TransformedPixels() {}

    static Picture of(Picture picture, Transform transform) {
        int width = picture.width();
        int height = picture.height();
        int bands = picture.bands();
        boolean transposes = transform.transposes();
        byte[] from = picture.samples();
        Picture transformed = picture.blank(transposes ? height : width, transposes ? width : height, bands);
        byte[] to = transformed.samples();

        int stepX = bands * (transform.mirrorsAcross() ? -1 : 1);
        int stepY = bands * width * (transform.mirrorsDown() ? -1 : 1);
        int start = (transform.mirrorsAcross() ? bands * (width - 1) : 0)
                + (transform.mirrorsDown() ? bands * width * (height - 1) : 0);
        int alongRow = transposes ? stepY : stepX;
        int alongColumn = transposes ? stepX : stepY;
        int target = 0;
        for (int y = 0; y < transformed.height(); y++) {
            Interruption.check();
            int source = start + y * alongColumn;
            for (int x = 0; x < transformed.width(); x++, source += alongRow) {
                for (int band = 0; band < bands; band++) {
                    to[target++] = from[source + band];
                }
            }
        }
        return transposes ? transformed.withCoding(picture.coding().transposed()) : transformed;
    }
}
