package imagefunctions.imaging.codec;

import com.twelvemonkeys.imageio.plugins.bmp.BMPImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import imagefunctions.imagetype.ImageType;
import java.io.IOException;
import java.util.Arrays;
import java.util.Spliterators;
import java.util.stream.StreamSupport;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriter;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.spi.ImageReaderWriterSpi;
import javax.imageio.spi.ImageWriterSpi;

/** The ImageIO reader of each format and the JPEG writer, the same ones whatever plug-ins are on the class path. */
final class Codecs {

    static {
        ImageIO.setUseCache(false);
    }

    private Codecs() {}

    static ImageReader reader(ImageType format) throws IOException {
        ImageReaderSpi provider =
                switch (format) {
                    case BMP -> new BMPImageReaderSpi();
                    case TIFF -> new TIFFImageReaderSpi();
                    case WEBP -> new WebPImageReaderSpi();
                    case PNG, GIF -> fromJdk(ImageReaderSpi.class, format.name());
                    case JPEG -> throw new IllegalArgumentException("JPEG files are read by the JPEG engine");
                };
        return provider.createReaderInstance();
    }

    static ImageWriter jpegWriter() throws IOException {
        return fromJdk(ImageWriterSpi.class, ImageType.JPEG.name()).createWriterInstance();
    }

    private static <T extends ImageReaderWriterSpi> T fromJdk(Class<T> kind, String format) {
        return StreamSupport.stream(
                        Spliterators.spliteratorUnknownSize(
                                IIORegistry.getDefaultInstance().getServiceProviders(kind, true), 0),
                        false)
                .filter(provider -> provider.getClass().getModule() == ImageIO.class.getModule())
                .filter(provider -> Arrays.asList(provider.getFormatNames()).contains(format))
                .findFirst()
                .orElseThrow();
    }
}
