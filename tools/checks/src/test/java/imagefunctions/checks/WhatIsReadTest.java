package imagefunctions.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The tables of what is read, and what is not, in docs/functions.md. */
final class WhatIsReadTest {
    private static final Pattern SECTION = Pattern.compile("(?ms)^## What is read$(.*?)^## ");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (?!format |-).*\\| ([^|]*) \\|$");
    private static final Pattern CLASS = Pattern.compile("`(\\w+)`");

    private static final Path OTHER_KINDS =
            Path.of("libraries/imaging/src/main/java/imagefunctions/imaging/codec/OtherKinds.java");

    /** A kind in words: the second of two texts, without its article and without what is to be sent. */
    private static final Pattern KIND = Pattern.compile("KINDS\\.put\\([^\n]+, \"(?:an? )?([^\":]+)[^\n]*\"\\);");

    @Test
    void everyRowNamesTestsThatThereAre() throws IOException {
        Set<String> tests = Repository.files("Test.java").stream()
                .map(file -> file.getFileName().toString().replace(".java", ""))
                .collect(Collectors.toSet());
        List<String> rows =
                ROW.matcher(section()).results().map(row -> row.group(1)).toList();

        assertThat(rows).hasSizeGreaterThan(50);
        assertThat(rows).allSatisfy(row -> {
            List<String> named =
                    CLASS.matcher(row).results().map(found -> found.group(1)).toList();
            assertThat(named).isNotEmpty().isSubsetOf(tests);
        });
    }

    @Test
    void everyOtherKindIsOnThePageAsItsAnswerCallsIt() throws IOException {
        List<String> kinds = KIND.matcher(Repository.text(OTHER_KINDS.toString()))
                .results()
                .map(found -> found.group(1))
                .toList();

        assertThat(kinds).hasSizeGreaterThan(20);
        assertThat(kinds).allSatisfy(kind -> assertThat(section()).contains(kind));
    }

    private static String section() throws IOException {
        return SECTION.matcher(Repository.text("docs/functions.md"))
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow();
    }
}
