package imagefunctions.convert;

import imagefunctions.imagetype.ImageType;
import java.io.IOException;
import java.io.InputStream;

/** Tells what a file is that is not named like a picture. */
final class FirstBytes {
    private FirstBytes() {}

    static boolean areOfAPicture(InputStream content) throws IOException {
        return ImageType.ofAnyFile(content.readNBytes(ImageType.HEAD)).isPresent();
    }
}
