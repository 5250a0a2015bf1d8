package imagefunctions.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The list of libraries that are shipped, from an SBOM. */
final class ThirdPartyTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void librariesAreListedByLicenceAndOursIsNone() throws Exception {
        Path bom = bom(
                component("imagefunctions", "imaging", "<license><id>Apache-2.0</id></license>"),
                component("org.z", "one", "<license><id>MIT</id></license>"),
                component("org.a", "two", "<license><id>EPL-2.0</id></license><license><name>GPL</name></license>"),
                component("org.b", "three", "<license><id>MIT</id></license>"));

        assertThat(ThirdParty.list(ThirdParty.libraries(bom))).endsWith("""

                        ## EPL-2.0 or GPL

                        - org.a:two 1.2 https://example.org

                        ## MIT

                        - org.b:three 1.2 https://example.org
                        - org.z:one 1.2 https://example.org
                        """);
    }

    @Test
    void aLibraryWithoutALicenceThatMayBeShippedIsNamed() throws Exception {
        Path bom = bom(component("org.z", "one", "<license><id>BSD-4-Clause</id></license>"));

        assertThatThrownBy(() -> ThirdParty.libraries(bom))
                .hasMessageStartingWith("org.z:one has [BSD-4-Clause], none");
    }

    @Test
    void theLicenceThatThePomsMeanIsInTheListAndInTheSbom() throws Exception {
        String bom = Files.readString(bom(component("org.jline", "one", "<license><id>BSD-4-Clause</id></license>")));
        Files.writeString(folder.resolve("bom.json"), "\"BSD-4-Clause\"");

        ThirdParty.main(new String[] {folder.toString()});

        assertThat(folder.resolve("THIRD-PARTY.md")).content().contains("## BSD-3-Clause");
        assertThat(folder.resolve("bom.json")).hasContent("\"BSD-3-Clause\"");
        assertThat(folder.resolve("bom.xml")).hasContent(bom.replace("BSD-4", "BSD-3"));
    }

    private Path bom(String... components) throws Exception {
        return Files.writeString(
                folder.resolve("bom.xml"), "<bom><components>" + String.join("", components) + "</components></bom>");
    }

    private static String component(String group, String name, String licences) {
        return """
                <component><group>%s</group><name>%s</name><version>1.2</version><licenses>%s</licenses>
                <externalReferences><reference type="website"><url>https://example.org</url></reference>
                </externalReferences></component>
                """.formatted(group, name, licences);
    }
}
