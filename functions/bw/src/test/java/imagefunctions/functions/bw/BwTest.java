package imagefunctions.functions.bw;

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

final class BwTest {

    @Test
    void aPortraitBecomesGreyAtItsOwnSizeAndStandsUpright() throws Exception {
        byte[] photo = Files.readAllBytes(Path.of("../../samples/portrait.jpg"));

        Reply reply = new Bw(new ImageFunction(new Metrics(), new PixelLimit(PixelLimit.DEFAULT)))
                .bw(Call.post("bw", Map.of(), photo));

        var picture = ImageIO.read(new ByteArrayInputStream(reply.body()));
        assertThat(reply.headers()).containsEntry("Content-Type", "image/jpeg");
        assertThat(picture.getWidth()).isEqualTo(1_200);
        assertThat(picture.getHeight()).isEqualTo(1_800);
        assertThat(picture.getRaster().getNumBands()).isEqualTo(1);
    }
}
