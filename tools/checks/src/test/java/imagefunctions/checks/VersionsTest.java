package imagefunctions.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Maven cannot keep the version in one place for POMs that are also built alone, so all places agree. */
final class VersionsTest {
    private static final Pattern OURS = Pattern.compile(
            "<groupId>imagefunctions</groupId>\\s*<artifactId>[^<]+</artifactId>\\s*<version>([^<$]+)</version>");
    private static final Pattern PROPERTY = Pattern.compile("<imagefunctions.version>([^<]+)<");
    private static final Pattern HEADING = Pattern.compile("(?m)^## (.*)$");
    private static final Pattern SECTION = Pattern.compile("(?m)^### (.*)$");

    @Test
    void everyPomAndEveryPageNamesTheSameVersion() throws Exception {
        String version = version();
        for (Path file : Stream.of(Repository.files("pom.xml"), Repository.files(".md"))
                .flatMap(List::stream)
                .toList()) {
            assertThat(OURS.matcher(Files.readString(file)).results().map(found -> found.group(1)))
                    .as(file.toString())
                    .allMatch(version::equals);
        }
        assertThat(PROPERTY.matcher(Repository.text("template/java-quarkus-ppc64le/pom.xml"))
                        .results()
                        .map(found -> found.group(1)))
                .containsExactly(version);
    }

    @Test
    void theNewestVersionOfTheChangelogIsTheBuilds() throws Exception {
        List<String> headings = HEADING.matcher(Repository.text("CHANGELOG.md"))
                .results()
                .map(found -> found.group(1))
                .filter(heading -> !heading.equals("[Unreleased]"))
                .toList();

        assertThat(headings).isNotEmpty().allSatisfy(heading -> assertThat(heading)
                .matches("\\[\\d+\\.\\d+\\.\\d+] - \\d{4}-\\d{2}-\\d{2}"));
        assertThat(headings.getFirst()).startsWith("[" + version() + "] - ");
    }

    @Test
    void theChangelogHasTheSectionsThatReadersExpect() throws Exception {
        assertThat(SECTION.matcher(Repository.text("CHANGELOG.md")).results().map(found -> found.group(1)))
                .isSubsetOf("Added", "Changed", "Deprecated", "Removed", "Fixed", "Security");
    }

    private static String version() throws Exception {
        return OURS.matcher(Repository.text("pom.xml"))
                .results()
                .map((MatchResult found) -> found.group(1))
                .findFirst()
                .orElseThrow();
    }
}
