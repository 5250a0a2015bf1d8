package imagefunctions.benchmarks;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageOutputStream;
import net.coobird.thumbnailator.Thumbnails;

/** TwelveMonkeys' reader and Thumbnailator, as Java programs commonly use them. */
final class TypicalJava {
    private TypicalJava() {}

    static Competitor competitor() {
        ImageIO.setUseCache(false);
        Map<String, InProcess.Operation> operations =
                new HashMap<>(Operations.thumbnails((box, bytes) -> jpeg(small(box, read(bytes, 1)))));
        operations.putAll(Map.of(
                "draft", TypicalJava::draft,
                "bw", bytes -> jpeg(grey(read(bytes, 1))),
                "bw75", bytes -> jpeg(grey(read(bytes, 1))),
                "transpose", bytes -> jpeg(rotated(read(bytes, 1))),
                "transpose75", bytes -> jpeg(rotated(read(bytes, 1))),
                "one-pass", bytes -> jpeg(small(128, grey(rotated(read(bytes, 1))))),
                "three-steps", TypicalJava::threeSteps));
        return new InProcess("typical Java", 300, operations);
    }

    private static byte[] draft(byte[] bytes) throws IOException {
        BufferedImage image = read(bytes, 8);
        return jpeg(grey(image));
    }

    private static byte[] threeSteps(byte[] bytes) throws IOException {
        byte[] rotated = jpeg(rotated(read(bytes, 1)));
        return jpeg(small(128, read(jpeg(grey(read(rotated, 1))), 1)));
    }

    private static BufferedImage read(byte[] bytes, int subsampling) throws IOException {
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(bytes))) {
            ImageReader reader = ImageIO.getImageReaders(in).next();
            try {
                reader.setInput(in);
                ImageReadParam param = reader.getDefaultReadParam();
                param.setSourceSubsampling(subsampling, subsampling, 0, 0);
                return reader.read(0, param);
            } finally {
                reader.dispose();
            }
        }
    }

    private static BufferedImage small(int box, BufferedImage image) throws IOException {
        return Thumbnails.of(image).size(box, box).asBufferedImage();
    }

    private static BufferedImage rotated(BufferedImage image) throws IOException {
        return Thumbnails.of(image).scale(1).rotate(180).asBufferedImage();
    }

    private static BufferedImage grey(BufferedImage image) {
        BufferedImage grey = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D graphics = grey.createGraphics();
        graphics.drawImage(image, 0, 0, null);
        graphics.dispose();
        return grey;
    }

    private static byte[] jpeg(BufferedImage image) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(stream);
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionQuality(0.75f);
            writer.write(null, new IIOImage(image, null, null), param);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }
}
