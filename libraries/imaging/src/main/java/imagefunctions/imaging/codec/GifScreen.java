package imagefunctions.imaging.codec;

import imagefunctions.imaging.pixels.Picture;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;

/**
 * The logical screen of a GIF, in pixels, and the place of the first frame on it.
 *
 * @param left columns to the left of the frame
 * @param top rows above the frame
 */
record GifScreen(int width, int height, int left, int top) {

    /** The logical screen (GIF89a, sections 18 and 20), enlarged if the frame extends beyond it. */
    static GifScreen of(ImageReader reader) throws IOException {
        IIOMetadataNode screen = node(reader.getStreamMetadata(), "LogicalScreenDescriptor");
        IIOMetadataNode frame = node(reader.getImageMetadata(0), "ImageDescriptor");
        int left = number(frame, "imageLeftPosition");
        int top = number(frame, "imageTopPosition");
        return new GifScreen(
                Math.max(number(screen, "logicalScreenWidth"), left + reader.getWidth(0)),
                Math.max(number(screen, "logicalScreenHeight"), top + reader.getHeight(0)),
                left,
                top);
    }

    private static IIOMetadataNode node(IIOMetadata metadata, String name) {
        return (IIOMetadataNode) ((IIOMetadataNode) metadata.getAsTree(metadata.getNativeMetadataFormatName()))
                .getElementsByTagName(name)
                .item(0);
    }

    private static int number(IIOMetadataNode node, String name) {
        return Integer.parseInt(node.getAttribute(name));
    }

    /** The frame in its place on a white screen. */
    BufferedImage show(BufferedImage frame) {
        if (frame.getWidth() == width && frame.getHeight() == height) {
            return frame;
        }
        BufferedImage shown = Picture.pixels(width, height, frame.getRaster().getNumBands());
        Arrays.fill(Picture.samples(shown), (byte) 0xFF);
        shown.getRaster().setRect(left, top, frame.getRaster());
        return shown;
    }
}
