package imagefunctions.imaging.codec;

import com.twelvemonkeys.imageio.plugins.bmp.BMPImageReaderSpi;
import java.io.IOException;
import java.util.Arrays;
import java.util.Spliterators;
import java.util.stream.StreamSupport;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriter;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageWriterSpi;

/** The ImageIO plug-ins that are used, the same ones whatever others are on the class path. */
final class Codecs {

    private Codecs() {}

    static ImageReader bmpReader() throws IOException {
        return new BMPImageReaderSpi().createReaderInstance();
    }

    static ImageWriter jpegWriter() throws IOException {
        return StreamSupport.stream(
                        Spliterators.spliteratorUnknownSize(
                                IIORegistry.getDefaultInstance().getServiceProviders(ImageWriterSpi.class, true), 0),
                        false)
                .filter(provider -> provider.getClass().getModule() == ImageIO.class.getModule())
                .filter(provider -> Arrays.asList(provider.getFormatNames()).contains("JPEG"))
                .findFirst()
                .orElseThrow()
                .createWriterInstance();
    }
}
