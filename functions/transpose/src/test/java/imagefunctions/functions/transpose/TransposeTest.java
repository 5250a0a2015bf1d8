package imagefunctions.functions.transpose;

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

final class TransposeTest {

    @Test
    void aPortraitIsRotatedAsAsked() throws Exception {
        byte[] photo = Files.readAllBytes(Path.of("../../samples/portrait.jpg"));

        Reply reply = new Transpose(new ImageFunction(new Metrics(), new PixelLimit(PixelLimit.DEFAULT)))
                .transpose(Call.post("transpose", Map.of("method", "rotate_90"), photo));

        var picture = ImageIO.read(new ByteArrayInputStream(reply.body()));
        assertThat(reply.headers()).containsEntry("Content-Type", "image/jpeg");
        assertThat(picture.getWidth()).isEqualTo(1_800);
        assertThat(picture.getHeight()).isEqualTo(1_200);
        assertThat(picture.getRaster().getNumBands()).isEqualTo(3);
    }
}
