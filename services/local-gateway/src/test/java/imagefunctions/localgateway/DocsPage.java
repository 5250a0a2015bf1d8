package imagefunctions.localgateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a page below docs/ has its readers do. */
enum DocsPage {
    ASYNC,
    BUCKETS,
    ELSEWHERE,
    OPERATING,
    WORKFLOWS;

    private static final Path FOLDER = Path.of("../../docs");

    /** The blocks in this language, {@code nginx}, below a heading of any level; commands have none. */
    List<String> blocks(String heading, String language) throws IOException {
        List<String> blocks = Pattern.compile("^```(.*)\n((?s:.*?))^```$", Pattern.MULTILINE)
                .matcher(section(heading))
                .results()
                .filter(block -> block.group(1).equals(language))
                .map(block -> block.group(2))
                .toList();
        assertThat(blocks).isNotEmpty();
        return blocks;
    }

    /** Until the next heading of its level or a higher one; the page's own title has what stands before the first. */
    private String section(String heading) throws IOException {
        Matcher begin = Pattern.compile("^(#+) " + Pattern.quote(heading) + "\n", Pattern.MULTILINE)
                .matcher(text());
        assertThat(begin.find()).as(heading).isTrue();
        int level = Math.max(2, begin.group(1).length());
        return text().substring(begin.end()).split("\n#{2," + level + "} ", 2)[0];
    }

    String text() throws IOException {
        return Files.readString(FOLDER.resolve(name().toLowerCase(Locale.ROOT) + ".md"));
    }
}
