package imagefunctions.imaging.codec;

import imagefunctions.jpeg.format.Interruption;
import javax.imageio.stream.ImageInputStreamImpl;

/** A file in memory as ImageIO reads it, until the thread that does is interrupted. */
final class InterruptibleInput extends ImageInputStreamImpl {
    private final byte[] file;

    InterruptibleInput(byte[] file) {
        this.file = file;
    }

    @Override
    public int read() {
        Interruption.check();
        bitOffset = 0;
        return streamPos < file.length ? file[(int) streamPos++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        Interruption.check();
        bitOffset = 0;
        if (length == 0) {
            return 0;
        }
        if (streamPos >= file.length) {
            return -1;
        }
        int count = (int) Math.min(length, file.length - streamPos);
        System.arraycopy(file, (int) streamPos, into, offset, count);
        streamPos += count;
        return count;
    }

    @Override
    public long length() {
        return file.length;
    }
}
