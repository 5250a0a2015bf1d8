package imagefunctions.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ObjectKeysTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "photos//a.jpg",
                "/a.jpg",
                "//",
                "/",
                "a//",
                "a///b",
                ".",
                "..",
                "./a",
                "../a",
                "a/./b",
                "a/../b",
                "a/.",
                "a/..",
                "a/./",
                "a\0.jpg",
                "caf\uFFFD.jpg",
                "\uD83D.jpg"
            })
    void aKeyThatWouldBeAnotherOneIsNamedWithItsFault(String key) {
        assertThat(ObjectKeys.fault(key))
                .hasValueSatisfying(fault -> assertThat(fault).contains(key, "store it"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.jpg",
                "photos/a.jpg",
                "folder/",
                "a/b/",
                ".a",
                "..a",
                "a..",
                "...",
                "a/.b",
                "a/b.",
                "a b",
                "ä",
                "%2F%2F",
                "\\"
            })
    void anyOtherKeyIsWhole(String key) {
        assertThat(ObjectKeys.fault(key)).isEmpty();
    }
}
