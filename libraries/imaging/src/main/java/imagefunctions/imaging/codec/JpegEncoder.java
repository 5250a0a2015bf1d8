package imagefunctions.imaging.codec;

import imagefunctions.imaging.pixels.Coding;
import imagefunctions.imaging.pixels.Picture;
import imagefunctions.jpeg.format.Interruption;
import imagefunctions.jpeg.format.QuantisationTable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOInvalidTreeException;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.plugins.jpeg.JPEGQTable;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Encodes pictures as baseline JPEG files with exactly the tables and sampling factors of their coding. */
public final class JpegEncoder {

    private static final String METADATA = "javax_imageio_jpeg_image_1.0";

    private JpegEncoder() {}

    public static byte[] encode(Picture picture) {
        Coding coding = picture.grey() ? picture.coding().grey() : picture.coding();
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try {
            ImageWriter writer = Codecs.jpegWriter();
            try (InterruptibleOutput output = new InterruptibleOutput(file)) {
                writer.setOutput(output);
                IIOMetadata metadata = writer.getDefaultImageMetadata(new ImageTypeSpecifier(picture.pixels()), null);
                prescribe(metadata, coding);
                writer.write(new IIOImage(picture.pixels(), null, metadata));
            } finally {
                writer.dispose();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("A picture is written to memory", e);
        }
        return picture.profile()
                .flatMap(profile -> profile.accompanying(picture.grey()))
                .map(profile -> profile.insertedInto(file.toByteArray()))
                .orElseGet(file::toByteArray);
    }

    /** Takes bytes until its thread is interrupted. */
    private static final class InterruptibleOutput extends MemoryCacheImageOutputStream {
        InterruptibleOutput(ByteArrayOutputStream file) {
            super(file);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            Interruption.check();
            super.write(bytes, offset, length);
        }
    }

    private static void prescribe(IIOMetadata metadata, Coding coding) throws IIOInvalidTreeException {
        Element root = (Element) metadata.getAsTree(METADATA);
        Element sequence = only(root, "markerSequence");
        List<QuantisationTable> tables = coding.components().stream()
                .map(Coding.Component::table)
                .distinct()
                .toList();

        IIOMetadataNode quantisation = new IIOMetadataNode("dqt");
        for (int slot = 0; slot < tables.size(); slot++) {
            IIOMetadataNode table = new IIOMetadataNode("dqtable");
            table.setAttribute("elementPrecision", "0");
            table.setAttribute("qtableId", String.valueOf(slot));
            table.setUserObject(new JPEGQTable(tables.get(slot).naturalOrder()));
            quantisation.appendChild(table);
        }
        sequence.replaceChild(quantisation, only(root, "dqt"));

        NodeList components = root.getElementsByTagName("componentSpec");
        for (int i = 0; i < components.getLength(); i++) {
            Element component = (Element) components.item(i);
            Coding.Component coded = coding.components().get(i);
            component.setAttribute("HsamplingFactor", String.valueOf(coded.across()));
            component.setAttribute("VsamplingFactor", String.valueOf(coded.down()));
            component.setAttribute("QtableSelector", String.valueOf(tables.indexOf(coded.table())));
        }
        metadata.setFromTree(METADATA, root);
    }

    private static Element only(Element root, String name) {
        return (Element) root.getElementsByTagName(name).item(0);
    }
}
