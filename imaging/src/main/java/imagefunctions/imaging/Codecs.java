package imagefunctions.imaging;

import com.twelvemonkeys.imageio.plugins.bmp.BMPImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriter;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.spi.ImageReaderWriterSpi;
import javax.imageio.spi.ImageWriterSpi;
import javax.imageio.spi.ServiceRegistry;

/** The readers and the writer behind every format, the same whatever class loader asks first. */
final class Codecs {

    // A registry of our own: ImageIO's finds plug-ins by the loader of the thread that comes first.
    private static final ServiceRegistry REGISTRY =
            new ServiceRegistry(List.<Class<?>>of(ImageReaderSpi.class).iterator());

    static {
        ImageIO.setUseCache(false);
        providers(ImageReaderSpi.class).forEach(REGISTRY::registerServiceProvider);
        REGISTRY.registerServiceProvider(new JPEGImageReaderSpi());
        REGISTRY.registerServiceProvider(new BMPImageReaderSpi());
        REGISTRY.registerServiceProvider(new TIFFImageReaderSpi());
        REGISTRY.registerServiceProvider(new WebPImageReaderSpi());
    }

    private Codecs() {}

    static ImageReader reader(Format format) throws IOException {
        return switch (format) {
            case JPEG -> provided(JPEGImageReaderSpi.class);
            case BMP -> provided(BMPImageReaderSpi.class);
            case TIFF -> provided(TIFFImageReaderSpi.class);
            case WEBP -> provided(WebPImageReaderSpi.class);
            case PNG, GIF ->
                named(providers(ImageReaderSpi.class), format.name()).createReaderInstance();
        };
    }

    static ImageWriter jpegWriter() throws IOException {
        return named(providers(ImageWriterSpi.class), "JPEG").createWriterInstance();
    }

    private static ImageReader provided(Class<? extends ImageReaderSpi> plugin) throws IOException {
        return REGISTRY.getServiceProviderByClass(plugin).createReaderInstance();
    }

    private static <T extends ImageReaderWriterSpi> T named(Stream<T> providers, String format) {
        return providers
                .filter(provider -> Arrays.asList(provider.getFormatNames()).contains(format))
                .findFirst()
                .orElseThrow();
    }

    /** The JDK's own. */
    private static <T> Stream<T> providers(Class<T> kind) {
        return StreamSupport.stream(
                        Spliterators.spliteratorUnknownSize(
                                IIORegistry.getDefaultInstance().getServiceProviders(kind, true), 0),
                        false)
                .filter(provider -> provider.getClass().getModule() == ImageIO.class.getModule());
    }
}
