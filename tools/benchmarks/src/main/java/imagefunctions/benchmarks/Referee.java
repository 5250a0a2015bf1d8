package imagefunctions.benchmarks;

import java.io.IOException;
import java.nio.file.Path;

/** Judges thumbnails by the whole picture decoded and made small by Pillow's Lanczos filter; see peers/referee.py. */
record Referee(ProcessPeer pillow, Path folder) {
    Quality judge(Competitor competitor, String operation, Path picture) throws IOException {
        Path result = folder.resolve("thumbnail.jpg");
        competitor.write(operation, picture, result);
        pillow.ask(picture.toAbsolutePath(), result, folder);
        return Quality.of(folder.resolve("thumbnail.ppm"), folder.resolve("reference.ppm"));
    }
}
