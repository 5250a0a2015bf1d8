package imagefunctions.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imagefunctions.imaging.codec.PixelLimit;
import imagefunctions.imaging.error.DamagedImageException;
import imagefunctions.imaging.pixels.Picture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SharedFileTest {
    private final Imaging imaging = new Imaging(new PixelLimit(PixelLimit.DEFAULT));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "orientation-6.jpg",
                "progressive-420.jpg",
                "cmyk-adobe.jpg",
                "palette-alpha.png",
                "animated.gif",
                "plain.tif",
                "lossy.webp"
            })
    void everyOrderGetsWhatItGetsAlone(String name) {
        byte[] file = Fixtures.file(name);
        List<Order> orders = List.of(
                Recipe.THUMBNAIL.with(Map.of("width", "20")),
                Recipe.DRAFT.with(Map.of("size", "40")),
                Recipe.THUMBNAIL.with(Map.of()),
                Recipe.BW.with(Map.of()),
                Recipe.TRANSPOSE.with(Map.of("method", "rotate_90", "keep", "copyright")));
        for (int expected : List.of(2, 20)) {
            SharedFile shared = imaging.shared(file, expected);
            for (Order order : orders) {
                assertThat(shared.run(order)).usingRecursiveComparison().isEqualTo(imaging.run(file, order));
            }
        }
    }

    @Test
    void pixelsAreDecodedOnce() {
        List<Picture> seen = new ArrayList<>();
        Order order = new Order(
                picture -> {
                    seen.add(picture);
                    return picture;
                },
                false,
                false,
                false);
        SharedFile shared = imaging.shared(Fixtures.photo("map.jpg"), 2);

        shared.run(order);
        shared.run(order);

        assertThat(seen).hasSize(2);
        assertThat(seen.get(1)).isSameAs(seen.get(0));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 20})
    void manyThreadsShareAPhoto(int expected) throws Exception {
        byte[] file = Fixtures.photo("seeding.jpg");
        SharedFile shared = imaging.shared(file, expected);
        List<Callable<byte[]>> orders = new ArrayList<>();
        for (int width = 40; width < 400; width += 40) {
            Order order = Recipe.THUMBNAIL.with(Map.of("width", Integer.toString(width)));
            orders.add(() -> shared.run(order).file());
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            int width = 40;
            for (Future<byte[]> result : threads.invokeAll(orders)) {
                assertThat(result.get())
                        .isEqualTo(imaging.run(file, Recipe.THUMBNAIL.with(Map.of("width", Integer.toString(width))))
                                .file());
                width += 40;
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 20})
    void aDamagedPhotoIsRefusedForEveryOrder(int expected) {
        byte[] file = Fixtures.photo("seeding.jpg");
        SharedFile shared = imaging.shared(Arrays.copyOf(file, file.length / 2), expected);
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> shared.run(Recipe.THUMBNAIL.with(Map.of())))
                    .isInstanceOf(DamagedImageException.class);
        }
    }
}
