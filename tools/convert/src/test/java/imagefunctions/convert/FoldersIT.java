package imagefunctions.convert;

import static imagefunctions.convert.ConvertProcess.behind;
import static imagefunctions.convert.ConvertProcess.run;
import static imagefunctions.convert.ConvertProcess.unprivileged;
import static org.assertj.core.api.Assertions.assertThat;

import imagefunctions.convert.ConvertProcess.Run;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which files are pictures, and which are results. */
final class FoldersIT {
    private static final String PNG = "\u0089PNG\r\n\u001A\n";

    @AutoClose
    private final FunctionServer functions = new FunctionServer();

    @TempDir
    private Path folder = Path.of("");

    FoldersIT() throws IOException {}

    private ProcessBuilder command(String function, String from, String to) {
        return ConvertProcess.command(folder, functions, function, "--from", from, "--to", to);
    }

    private Run convert(String from, String to) throws Exception {
        return run(command("upper", from, to));
    }

    private Path file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private void link(String name, String target) throws IOException {
        Files.createSymbolicLink(folder.resolve(name), Path.of(target));
    }

    private Set<String> files(String root) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve(root))) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.resolve(root).relativize(file).toString())
                    .filter(name -> !name.equals(".converted.jsonl"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    @Test
    void everythingIsConvertedOrNamed() throws Exception {
        file("real/a.jpg", "a");
        file("real/b.JFIF", "b");
        file("real/deep/c.Jpe", "c");
        Files.write(folder.resolve("real/scan"), bytes(PNG));
        file("real/notes.txt", "BM, no bitmap");
        file("real/.hidden.jpg", "h");
        file("real/.thumbs/t.jpg", "t");
        file("real/shut/s.jpg", "s");
        file("elsewhere/x.jpg", "x");
        file("elsewhere/y.jpg", "y");
        link("from", "real");
        link("real/linked.jpg", "../elsewhere/x.jpg");
        link("real/album", "../elsewhere");
        link("real/loop", "../real");
        link("real/gone.jpg", "nowhere.jpg");
        link("real/self.jpg", "self.jpg");
        run(new ProcessBuilder("mkfifo", "real/pipe").directory(folder.toFile()));
        run(new ProcessBuilder("bash", "-c", "echo l >$'real/caf\\xe9.jpg'").directory(folder.toFile()));
        Files.setPosixFilePermissions(folder.resolve("real/shut"), Set.of());

        Run run = run(unprivileged(command("upper", "from", "./out")));

        assertThat(run.output().lines())
                .contains(
                        "notes.txt is left out: not JPEG, PNG, GIF, WebP, BMP or TIFF",
                        "pipe is left out: not JPEG, PNG, GIF, WebP, BMP or TIFF",
                        ".hidden.jpg is left out: hidden",
                        ".thumbs/ is left out: hidden",
                        "gone.jpg is left out: a link that leads nowhere",
                        "self.jpg is left out: a link that leads nowhere",
                        "loop is left out: a link that leads back to its own folder",
                        "shut failed: Permission denied: " + folder.toRealPath().resolve("real/shut"),
                        "caf\uFFFD.jpg failed: The bytes of its name are no UTF-8: rename it.",
                        "7 converted, 0 skipped, 2 failed")
                .anyMatch(line -> line.startsWith("2 left out, hidden: "));
        assertThat(run.status()).isEqualTo(1);
        assertThat(files("out"))
                .containsExactly("a.jpg", "album/x.jpg", "album/y.jpg", "b.JFIF", "deep/c.Jpe", "linked.jpg", "scan");
    }

    private static byte[] bytes(String latin) {
        return latin.getBytes(StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    empty  | There is no picture in ./empty.
                    others | 1 left out, not JPEG, PNG, GIF, WebP, BMP or TIFF: a.txt
                    """)
    void aRunThatFoundNothingSaysSo(String from, String line) throws Exception {
        Files.createDirectory(folder.resolve("empty"));
        file("others/a.txt", "text");

        Run run = convert("./" + from, "./out");

        assertThat(run.output().lines()).contains(line, "There is no picture in ./" + from + ".");
        assertThat(run.status()).isEqualTo(3);
    }

    @Test
    void resultsThatALinkLeadsToAreNotConvertedAgain() throws Exception {
        file("in/a.jpg", "a");
        Files.createDirectory(folder.resolve("out"));
        link("in/results", "../out");
        link("in/b.jpg", "../out/a.jpg");
        link("in/all", "..");
        convert("./in", "./out");

        Run run = convert("./in", "./out");

        assertThat(run.output())
                .contains("results/ is left out: where the results go", "b.jpg is left out: where the results go")
                .endsWith("0 converted, 1 skipped, 0 failed\n");
        assertThat(files("out")).containsExactly("a.jpg");
    }

    @Test
    void whatNoRunMadeIsNeitherReplacedNorCountedAsDone() throws Exception {
        Instant now = Instant.now();
        for (String name : Set.of("older.jpg", "newer.jpg", "edited.jpg", "link.jpg", "folder.jpg", "free.jpg")) {
            file("new/" + name, "picture");
        }
        file("new/edited.jpg", "picture");
        Files.createDirectory(folder.resolve("lib"));
        run(command("upper", "./new", "./lib"));
        for (String name : Set.of("older.jpg", "newer.jpg", "link.jpg", "folder.jpg")) {
            Files.delete(folder.resolve("lib").resolve(name));
        }
        Files.setLastModifiedTime(file("lib/older.jpg", "my own"), FileTime.from(now.minusSeconds(1000)));
        Files.setLastModifiedTime(file("lib/newer.jpg", "my own"), FileTime.from(now.plusSeconds(1000)));
        Files.writeString(folder.resolve("lib/edited.jpg"), "retouched");
        link("lib/link.jpg", "nowhere.jpg");
        file("lib/folder.jpg/x.jpg", "my own");

        Run run = convert("./new", "./lib");

        assertThat(run.output()).endsWith("The failures and their reasons are in convert-failures.txt\n");
        assertThat(run.output()).contains("0 converted, 1 skipped, 5 failed");
        assertThat(run.status()).isEqualTo(1);
        assertThat(folder.resolve("lib/older.jpg")).hasContent("my own");
        assertThat(folder.resolve("lib/newer.jpg")).hasContent("my own");
        assertThat(folder.resolve("lib/edited.jpg")).hasContent("retouched");
        assertThat(folder.resolve("lib/link.jpg")).isSymbolicLink();
        assertThat(Files.readAllLines(folder.resolve("convert-failures.txt")))
                .contains("older.jpg\tNo run of convert made what is there under this name, or it was changed since:"
                        + " move it away, or give another --to: "
                        + folder.toRealPath().resolve("lib/older.jpg"));
    }

    @ParameterizedTest
    @CsvSource({"-PT24H", "PT24H", "PT0.001S"})
    void aPictureThatIsReplacedIsConvertedAgainWhateverItsTime(Duration later) throws Exception {
        Path picture = file("in/a.jpg", "a");
        file("in/b.jpg", "b");
        Instant time = Files.getLastModifiedTime(picture).toInstant();
        convert("./in", "./out");
        Files.setLastModifiedTime(file("in/a.jpg", "c"), FileTime.from(time.plus(later)));

        assertThat(convert("./in", "./out").output()).endsWith("1 converted, 1 skipped, 0 failed\n");
        assertThat(folder.resolve("out/a.jpg")).hasContent("C");
    }

    @Test
    void theRecordHoldsAfterACrash() throws Exception {
        file("in/a.jpg", "a");
        convert("./in", "./out");
        Files.writeString(
                folder.resolve("out/.converted.jsonl"),
                "{\"name\":\"a.jpg\",\"source\":\"newer\",\"result\":\"never moved there\"}\n{}\n{\"name\":\"b\u00e4",
                StandardOpenOption.APPEND);
        file("in/b.jpg", "b");
        file("out/.convert-part-0", "half a res");

        assertThat(convert("./in", "./out").output()).endsWith("1 converted, 1 skipped, 0 failed\n");
        assertThat(convert("./in", "./out").output()).endsWith("0 converted, 2 skipped, 0 failed\n");
        file("in/a.jpg", "changed");
        assertThat(convert("./in", "./out").output()).endsWith("1 converted, 1 skipped, 0 failed\n");
        assertThat(files("out")).containsExactly("a.jpg", "b.jpg");
    }

    @Test
    void resultsOfAnotherFunctionOrWithoutARecordAreRefused() throws Exception {
        file("in/a.jpg", "a");
        convert("./in", "./out");
        file("other/.converted.jsonl", "{}\n");

        Run another = run(command("upper?x=1", "./in", "./out"));
        Run other = convert("./in", "./other");

        assertThat(another.status()).isEqualTo(2);
        assertThat(another.output()).contains("holds the results of upper: give another --to");
        assertThat(other.status()).isEqualTo(2);
        assertThat(other.output()).contains(".converted.jsonl is no record of convert: move it away");
        assertThat(folder.resolve("other/.converted.jsonl")).hasContent("{}");
    }

    @ParameterizedTest
    @CsvSource({"022, rw-r--r--", "077, rw-------", "002, rw-rw-r--"})
    void resultsHaveThePermissionsThatTheUmaskLeaves(String umask, String permissions) throws Exception {
        file("in/a.jpg", "a");

        run(behind(command("upper", "./in", "./out"), "bash", "-c", "umask " + umask + "; exec \"$0\" \"$@\""));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("out/a.jpg"))))
                .isEqualTo(permissions);
    }

    @Test
    void aTargetThatCannotBeWrittenIsSaidOnceAndBeforeAnythingIsConverted() throws Exception {
        file("in/a.jpg", "a");
        file("in/b.jpg", "b");
        Files.createDirectory(folder.resolve("out"));
        Files.setPosixFilePermissions(folder.resolve("out"), PosixFilePermissions.fromString("r-xr-xr-x"));

        Run run = run(unprivileged(command("upper", "./in", "./out")));

        assertThat(run.output())
                .isEqualTo("Permission denied: " + folder.toRealPath().resolve("out/.converted.jsonl") + "\n");
        assertThat(run.status()).isEqualTo(2);
        assertThat(functions.calls()).isZero();
    }

    @Test
    void aLinkInTheTargetDoesNotLeadOutOfIt() throws Exception {
        file("in/deep/a.jpg", "a");
        Files.createDirectories(folder.resolve("out"));
        Files.createDirectories(folder.resolve("mine"));
        link("out/deep", "../mine");

        Run run = convert("./in", "./out");

        assertThat(run.output()).contains("deep/a.jpg failed: A link leads out of --to here: ");
        assertThat(files("mine")).isEmpty();
    }
}
