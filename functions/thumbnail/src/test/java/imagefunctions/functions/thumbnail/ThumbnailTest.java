package imagefunctions.functions.thumbnail;

import static org.assertj.core.api.Assertions.assertThat;

import imagefunctions.imaging.codec.PixelLimit;
import imagefunctions.pictures.ImageFunction;
import imagefunctions.runtime.Call;
import imagefunctions.runtime.Metrics;
import imagefunctions.runtime.Reply;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

final class ThumbnailTest {

    @Test
    void aPortraitFitsIntoTheBoxAndStandsUpright() throws Exception {
        byte[] photo = Files.readAllBytes(Path.of("../../samples/portrait.jpg"));

        Reply reply = new Thumbnail(new ImageFunction(new Metrics(), new PixelLimit(PixelLimit.DEFAULT)))
                .thumbnail(Call.post("thumbnail", Map.of(), photo));

        var picture = ImageIO.read(new ByteArrayInputStream(reply.body()));
        assertThat(reply.headers()).containsEntry("Content-Type", "image/jpeg");
        assertThat(picture.getWidth()).isEqualTo(85);
        assertThat(picture.getHeight()).isEqualTo(128);
        assertThat(picture.getRaster().getNumBands()).isEqualTo(3);
    }
}
