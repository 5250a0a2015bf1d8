package imagefunctions.convert;

import imagefunctions.reasons.Reason;
import java.io.IOException;

/** Says of every picture what a run would do with it, and does nothing. */
record DryRun(Location source, Location target, Results results, ProgressReport progress) {

    void run() throws IOException {
        source.walk(target, found -> {
            switch (found) {
                case Picture picture -> look(picture);
                case LeftOut leftOut -> progress.leftOut(leftOut);
                case Unreadable unreadable -> progress.failed(unreadable, unreadable.reason());
            }
        });
    }

    private void look(Picture picture) {
        try {
            if (results.isDone(picture)) {
                progress.skipped(picture);
            } else {
                progress.toConvert(picture);
            }
        } catch (IOException | RuntimeException e) {
            progress.failed(picture, Reason.of(e));
        }
    }
}
