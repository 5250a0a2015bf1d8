package imagefunctions.fuzz;

import imagefunctions.imagetype.ImageType;
import java.util.Optional;

/** Everything that is done with pictures: what the functions do with any file, and with a JPEG first all edits of the engine. */
public final class Pictures implements Target {
    private final Edits edits = new Edits();
    private final Functions functions = new Functions();

    @Override
    public int choices(byte[] file) {
        return edits(file) + Functions.choices();
    }

    @Override
    public int slow(byte[] file) {
        return edits(file) == 0 ? Functions.large() : Functions.choices();
    }

    @Override
    public boolean feed(byte[] file, int choice) {
        int edit = edits(file);
        return choice < edit ? edits.feed(file, choice) : functions.run(file, choice - edit);
    }

    private static int edits(byte[] file) {
        return ImageType.of(file).equals(Optional.of(ImageType.JPEG)) ? Edits.CHOICES : 0;
    }
}
