package imagefunctions.localgateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** What docs/operating.md has its readers do. */
final class OperatingPage {
    private static final Path PAGE = Path.of("../../docs/operating.md");

    private OperatingPage() {}

    /** The blocks in this language, {@code nginx}, below a heading; commands have none. */
    static List<String> blocks(String heading, String language) throws IOException {
        String section =
                text().split("\n## " + Pattern.quote(heading) + "\n", 2)[1].split("\n## ", 2)[0];
        List<String> blocks = Pattern.compile("^```(.*)\n((?s:.*?))^```$", Pattern.MULTILINE)
                .matcher(section)
                .results()
                .filter(block -> block.group(1).equals(language))
                .map(block -> block.group(2))
                .toList();
        assertThat(blocks).isNotEmpty();
        return blocks;
    }

    static String text() throws IOException {
        return Files.readString(PAGE);
    }
}
