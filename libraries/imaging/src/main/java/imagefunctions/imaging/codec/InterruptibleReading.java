package imagefunctions.imaging.codec;

import imagefunctions.jpeg.format.Interruption;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadProgressListener;

/** Breaks off an ImageIO reader, between two rows or tiles, when its thread is interrupted. */
final class InterruptibleReading implements IIOReadProgressListener {

    @Override
    public void imageProgress(ImageReader source, float percentageDone) {
        Interruption.check();
    }

    @Override
    public void imageStarted(ImageReader source, int imageIndex) {}

    @Override
    public void imageComplete(ImageReader source) {}

    @Override
    public void sequenceStarted(ImageReader source, int minIndex) {}

    @Override
    public void sequenceComplete(ImageReader source) {}

    @Override
    public void thumbnailStarted(ImageReader source, int imageIndex, int thumbnailIndex) {}

    @Override
    public void thumbnailProgress(ImageReader source, float percentageDone) {}

    @Override
    public void thumbnailComplete(ImageReader source) {}

    @Override
    public void readAborted(ImageReader source) {}
}
