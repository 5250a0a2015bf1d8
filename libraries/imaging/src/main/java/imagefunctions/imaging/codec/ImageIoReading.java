package imagefunctions.imaging.codec;

import static java.util.regex.Pattern.CASE_INSENSITIVE;

import imagefunctions.imagetype.ImageType;
import imagefunctions.imaging.error.DamagedImageException;
import imagefunctions.imaging.error.ImageException;
import imagefunctions.imaging.error.NotAnImageException;
import imagefunctions.jpeg.format.Interruption;
import java.io.IOException;
import java.util.regex.Pattern;
import javax.imageio.ImageReader;

/** Reads a file with an ImageIO reader; whatever a corrupt or hostile one provokes becomes an ImageException. */
final class ImageIoReading {

    // The readers throw the same exceptions for corrupt and for unsupported files; only the messages differ.
    private static final Pattern UNSUPPORTED =
            Pattern.compile("\\bunsupported\\b|\\bnot supported\\b", CASE_INSENSITIVE);

    /** What is read. */
    interface Reading<T> {
        T from(ImageReader reader) throws IOException;
    }

    private ImageIoReading() {}

    /** Has the reader, which is disposed of afterwards, read until the thread is interrupted. */
    static <T> T read(ImageReader reader, byte[] file, ImageType format, Reading<T> reading) {
        try (InterruptibleInput input = new InterruptibleInput(file)) {
            reader.setInput(input, true, true);
            reader.addIIOReadProgressListener(new InterruptibleReading());
            return reading.from(reader);
        } catch (ImageException e) {
            throw e;
        } catch (IOException | RuntimeException | StackOverflowError e) {
            Interruption.check();
            throwOutOfMemory(e);
            if (UNSUPPORTED.matcher(String.valueOf(e.getMessage())).find()) {
                throw NotAnImageException.unsupported("This kind of %s file".formatted(format), e);
            }
            throw new DamagedImageException(
                    "%s file cannot be decoded, it is cut short or broken".formatted(format), e);
        } finally {
            reader.dispose();
        }
    }

    /** Concurrent calls use up the memory as much as a file does, and some readers wrap the error. */
    private static void throwOutOfMemory(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof OutOfMemoryError outOfMemory) {
                throw outOfMemory;
            }
        }
    }
}
