package imagefunctions.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/architecture.md, whose classes must be there, under the names that it gives them. */
final class ArchitecturePageTest {
    private static final String PAGE = "docs/architecture.md";
    /** A class' name in backticks: one or more words in upper camel case. */
    private static final Pattern NAME = Pattern.compile("`((?:[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*\\.?)+)`(s?)");

    private static final Pattern LINK = Pattern.compile("(?m)^\\[`(\\w+)`]: (\\S+)$");
    private static final Pattern INLINE = Pattern.compile("]\\(([^):#]+)(?:#[^)]*)?\\)");

    @Test
    void everyClassOnThePageIsLinkedToItsSource() throws Exception {
        Map<String, String> links = links();

        assertThat(links.keySet()).as("the links at the end of the page").isEqualTo(names());
        assertThat(links).allSatisfy((name, path) -> assertThat(
                        Repository.ROOT.resolve("docs").resolve(path))
                .as("the source of %s", name)
                .isRegularFile()
                .hasFileName(name + ".java"));
    }

    @Test
    void everyFileThatThePageLinksIsThere() throws Exception {
        assertThat(INLINE.matcher(Repository.text(PAGE)).results().map(found -> found.group(1)))
                .isNotEmpty()
                .allSatisfy(path -> assertThat(Repository.ROOT.resolve("docs").resolve(path))
                        .exists());
    }

    private static Set<String> names() throws IOException {
        TreeSet<String> names = new TreeSet<>();
        Matcher name = NAME.matcher(Repository.text(PAGE));
        while (name.find()) {
            names.add(name.group(1));
        }
        return names;
    }

    private static Map<String, String> links() throws IOException {
        Map<String, String> links = new TreeMap<>();
        Matcher link = LINK.matcher(Repository.text(PAGE));
        while (link.find()) {
            links.put(link.group(1), link.group(2));
        }
        return links;
    }
}
