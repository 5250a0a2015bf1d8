package imagefunctions.pictures;

import imagefunctions.imaging.codec.PixelLimit;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The limit on the size of pictures, from the environment. */
@Singleton
final class PictureSettings {

    @ConfigMapping(prefix = "image-functions")
    interface Environment {
        @WithDefault("" + PixelLimit.DEFAULT)
        long maxPixels();
    }

    @Produces
    @Singleton
    PixelLimit pixelLimit(Environment environment) {
        if (environment.maxPixels() < 1) {
            throw new IllegalArgumentException(
                    "IMAGE_FUNCTIONS_MAX_PIXELS is " + environment.maxPixels() + ": set it to 1 or more");
        }
        return new PixelLimit(environment.maxPixels());
    }
}
