package imagefunctions.imaging;

import imagefunctions.imagetype.ImageType;
import imagefunctions.imaging.codec.JpegEncoder;
import imagefunctions.imaging.codec.PixelLimit;
import imagefunctions.imaging.pixels.Coding;
import imagefunctions.imaging.pixels.Picture;
import imagefunctions.jpeg.format.Transform;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Pictures drawn for the tests, and the results for them. */
final class Photos {

    static final Imaging IMAGING = new Imaging(new PixelLimit(PixelLimit.DEFAULT));

    private Photos() {}

    /** Red top left, green top right, blue bottom left, white bottom right. */
    static BufferedImage corners(int width, int height, int type) {
        BufferedImage image = new BufferedImage(width, height, type);
        Color[] colours = {Color.RED, Color.GREEN, Color.BLUE, Color.WHITE};
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, colours[x * 2 / width + y * 2 / height * 2].getRGB());
            }
        }
        return image;
    }

    static BufferedImage gradient(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = image.createGraphics();
        graphics.setPaint(new GradientPaint(0, 0, Color.ORANGE, width, height, Color.DARK_GRAY));
        graphics.fillRect(0, 0, width, height);
        graphics.setColor(Color.CYAN);
        graphics.fillOval(width / 4, height / 4, width / 2, height / 2);
        graphics.dispose();
        return image;
    }

    static byte[] jpeg(BufferedImage image, Coding coding) {
        return JpegEncoder.encode(new Picture(image, coding, Transform.NONE, Optional.empty()));
    }

    static byte[] jpeg(int width, int height) {
        return jpeg(gradient(width, height), Coding.quality(90));
    }

    static byte[] png(BufferedImage image) {
        return file(image, ImageType.PNG);
    }

    /** A colour picture in a file of that format. */
    static byte[] file(ImageType format) {
        return format == ImageType.JPEG ? jpeg(200, 150) : file(gradient(200, 150), format);
    }

    static byte[] file(BufferedImage image, ImageType format) {
        try (ByteArrayOutputStream file = new ByteArrayOutputStream()) {
            ImageIO.write(image, format.name(), file);
            return file.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A picture in a file of that format, with one of the compression types of the JDK's writer. */
    static byte[] file(BufferedImage image, ImageType format, String compression) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format.name()).next();
        ImageWriteParam how = writer.getDefaultWriteParam();
        how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        how.setCompressionType(compression);
        try (ByteArrayOutputStream file = new ByteArrayOutputStream();
                ImageOutputStream output = ImageIO.createImageOutputStream(file)) {
            writer.setOutput(output);
            writer.write(null, new IIOImage(image, null, null), how);
            output.flush();
            return file.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
    }

    static byte[] run(Recipe recipe, byte[] file, String... query) {
        return IMAGING.run(file, recipe.with(query(query))).file();
    }

    /** Parameters of the form name=value. */
    static Map<String, String> query(String... parameters) {
        Map<String, String> given = new HashMap<>();
        for (String parameter : parameters) {
            int sign = parameter.indexOf('=');
            given.put(parameter.substring(0, sign), parameter.substring(sign + 1));
        }
        return given;
    }

    /** The pixels of a JPEG or PNG as stored: ImageIO would convert them through their profile. */
    static BufferedImage read(byte[] file) {
        boolean jpeg = file[0] == (byte) 0xFF;
        try {
            return ImageIO.read(new ByteArrayInputStream(jpeg ? JpegSegments.without(file, 0xE2) : file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
