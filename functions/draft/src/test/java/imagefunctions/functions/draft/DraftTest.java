package imagefunctions.functions.draft;

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

final class DraftTest {

    @Test
    void aPortraitBecomesASmallGreyPreviewThatStandsUpright() throws Exception {
        byte[] photo = Files.readAllBytes(Path.of("../../samples/portrait.jpg"));

        Reply reply = new Draft(new ImageFunction(new Metrics(), new PixelLimit(PixelLimit.DEFAULT)))
                .draft(Call.post("draft", Map.of(), photo));

        var picture = ImageIO.read(new ByteArrayInputStream(reply.body()));
        assertThat(reply.headers()).containsEntry("Content-Type", "image/jpeg");
        assertThat(picture.getWidth()).isEqualTo(150);
        assertThat(picture.getHeight()).isEqualTo(225);
        assertThat(picture.getRaster().getNumBands()).isEqualTo(1);
    }
}
