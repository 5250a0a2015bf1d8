package imagefunctions.convert;

import static imagefunctions.convert.ConvertProcess.behind;
import static imagefunctions.convert.ConvertProcess.run;
import static imagefunctions.convert.ConvertProcess.unprivileged;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import imagefunctions.convert.ConvertProcess.Run;
import imagefunctions.testservers.ReservedPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is called, and what a run says. */
final class ConvertIT {
    private static final String LIST = "# What convert could not convert, and why\n";

    @AutoClose
    private final FunctionServer functions = new FunctionServer();

    @AutoClose
    private final ReservedPort nobody = new ReservedPort();

    @TempDir
    private Path folder = Path.of("");

    ConvertIT() throws IOException {}

    private ProcessBuilder command(String function, String from, String to, String... more) {
        return ConvertProcess.command(
                folder,
                functions,
                function,
                Stream.concat(Stream.of("--from", from, "--to", to), Stream.of(more))
                        .toArray(String[]::new));
    }

    private static ProcessBuilder at(String gateway, ProcessBuilder command) {
        command.command().set(command.command().size() - 1, gateway);
        return command;
    }

    private void picture(String name, String text) throws IOException {
        Path file = folder.resolve("in").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void aFolderIsConvertedOnceAndABusyFunctionIsAskedAgain() throws Exception {
        picture("a.jpg", "a");
        picture("deep/down/b ä.png", "b");

        Run first = run(command("busy", "./in", "./out"));

        assertThat(first.output())
                .startsWith("Through " + functions.url() + "/function/busy\n")
                .contains("deep/down/b ä.png 1 byte(s) -> 1 byte(s) of text/plain\n")
                .endsWith("2 converted, 0 skipped, 0 failed\n");
        assertThat(first.status()).isZero();
        assertThat(folder.resolve("out/deep/down/b ä.png")).hasContent("B");
        assertThat(folder.resolve("convert-failures.txt")).doesNotExist();
        assertThat(functions.calls()).isEqualTo(3);

        assertThat(run(command("busy", "./in", "./out")).output()).endsWith("0 converted, 2 skipped, 0 failed\n");
        assertThat(functions.calls()).isEqualTo(3);
    }

    @Test
    void whatFailsIsListedWithItsReasonAndDoesNotStopTheOthers() throws Exception {
        picture("a.jpg", "a");
        picture("bad.jpg", "garbage");
        picture("secret.jpg", "s");
        Files.setPosixFilePermissions(folder.resolve("in/secret.jpg"), Set.of());

        Run run = run(unprivileged(command("upper", "in", "./out")));

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.output())
                .contains(
                        "1 converted, 0 skipped, 2 failed",
                        "The failures and their reasons are in convert-failures.txt")
                .doesNotContain("Exception", "\tat ");
        assertThat(Files.readAllLines(folder.resolve("convert-failures.txt")))
                .contains(
                        "bad.jpg\tupper answered 415: this is no \"picture\"",
                        "secret.jpg\tPermission denied: " + folder.toRealPath().resolve("in/secret.jpg"));
        assertThat(folder.resolve("out/bad.jpg")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    notes  | which is there and no list of failures: name another file | 2 | notes
                    away/f | name another file with --failures: No such file or directory: away/f | 2 |
                    shut/f | name another file with --failures: Permission denied: shut/f | 2 |
                    old    | 1 converted, 0 skipped, 0 failed | 0 |
                    empty  | which is there and no list of failures: name another file | 2 |
                    """)
    void theListOfFailuresIsWrittenInPlaceOfAnOlderOneAloneAndElseNothingIsConverted(
            String list, String message, int status, String content) throws Exception {
        picture("a.jpg", "a");
        Files.writeString(folder.resolve("notes"), "notes");
        Files.writeString(folder.resolve("old"), LIST + "a.jpg\tfailed\n");
        Files.createFile(folder.resolve("empty"));
        Files.createDirectory(folder.resolve("shut"));
        Files.setPosixFilePermissions(folder.resolve("shut"), Set.of());

        Run run = run(unprivileged(command("upper", "./in", "./out", "--failures", list)));

        assertThat(run.output()).contains(message).doesNotContain("Exception");
        assertThat(run.status()).isEqualTo(status);
        assertThat(functions.calls()).isEqualTo(status == 0 ? 1 : 0);
        if (content != null) {
            assertThat(folder.resolve(list)).hasContent(content);
        }
    }

    @Test
    void aDryRunSaysWhatWouldBeDoneAndDoesNothing() throws Exception {
        picture("a.jpg", "a");
        picture("b.jpg", "b");
        picture("own.jpg", "c");
        run(command("upper", "./in", "./out"));
        Files.writeString(folder.resolve("in/b.jpg"), "changed");
        Files.writeString(folder.resolve("out/own.jpg"), "my own");
        picture("notes.txt", "no picture");
        picture(".d.jpg", "d");
        Files.writeString(folder.resolve("convert-failures.txt"), LIST);
        int calls = functions.calls();
        List<String> before = contents();

        Run run = run(at(nobody.url().toString(), command("upper", "./in", "./out", "--dry-run")));
        Run fresh = run(command("upper", "./in", "./new/folder", "--dry-run"));

        assertThat(run.output().lines())
                .contains(
                        "a.jpg is done already",
                        "b.jpg would be converted",
                        "notes.txt is left out: not JPEG, PNG, GIF, WebP, BMP or TIFF",
                        ".d.jpg is left out: hidden",
                        "1 would be converted, 1 skipped, 1 failed")
                .anyMatch(line -> line.startsWith("own.jpg failed: No run of convert made what is there"));
        assertThat(run.status()).isEqualTo(1);
        assertThat(fresh.output()).endsWith("3 would be converted, 0 skipped, 0 failed\n");
        assertThat(fresh.status()).isZero();
        assertThat(functions.calls()).isEqualTo(calls);
        assertThat(contents()).isEqualTo(before);
    }

    private List<String> contents() throws Exception {
        return run(new ProcessBuilder("bash", "-c", "find . -type f -printf '%p %T@ ' -exec cat {} \\; | sort; find .")
                        .directory(folder.toFile()))
                .output()
                .lines()
                .toList();
    }

    @Test
    void withoutAGatewayItEndsAtOnce() throws Exception {
        picture("a.jpg", "a");
        picture("b.jpg", "b");

        Run run = run(at(nobody.url().toString(), command("upper", "./in", "./out")));

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.output())
                .contains(nobody.url() + " does not answer: start it (./run up)")
                .contains("0 converted, 0 skipped, 0 failed");
    }

    @Test
    void oneOfSeveralGatewaysMakesUpForAnotherAndIsShownTheCredentials() throws Exception {
        picture("a.jpg", "a");
        picture("b.jpg", "b");
        ProcessBuilder command =
                at(nobody.url() + "," + functions.url() + "/", command("guarded?x=1", "./in", "./out"));
        command.environment().put("basic_auth_user", "admin");
        command.environment().put("basic_auth_password", "secret");

        Run run = run(command);

        assertThat(run.output())
                .startsWith("Through " + nobody.url() + "/function/guarded?x=1, " + functions.url()
                        + "/function/guarded?x=1\n")
                .endsWith("2 converted, 0 skipped, 0 failed\n");
        assertThat(folder.resolve("out/a.jpg")).hasContent("x=1");
    }

    @Test
    void ctrlCLeavesNoHalfFileAndAnotherRunMeanwhileIsRefused() throws Exception {
        picture("a.jpg", "a");
        picture("b.jpg", "b");
        Files.writeString(
                Files.createDirectory(folder.resolve("out")).resolve(".converted.jsonl"), "{\"function\":\"stuck\"}\n");
        // Whoever runs the tests in the background has them ignore what Ctrl-C sends.
        Process process = behind(command("stuck", "./in", "./out"), "env", "--default-signal=INT")
                .start();
        await().atMost(Duration.ofSeconds(30)).until(() -> functions.calls() == 2 && parts().count() == 2);
        Run another = run(command("stuck", "./in", "./out"));

        // Not every machine has the program of this name.
        new ProcessBuilder("bash", "-c", "kill -INT " + process.pid()).start().waitFor();

        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(130);
        assertThat(parts()).isEmpty();
        assertThat(another.output()).contains("Another run writes to");
        assertThat(another.status()).isEqualTo(2);
    }

    private Stream<String> parts() {
        String[] names = folder.resolve("out").toFile().list();
        return names == null ? Stream.of() : Stream.of(names).filter(name -> name.startsWith(".convert-part-"));
    }

    @Test
    void onATerminalABarShowsTheProgressAndTheEndWhatWasLeftOut() throws Exception {
        picture("a.jpg", "a");
        for (int i = 0; i < 12; i++) {
            picture(i + ".txt", "no picture");
        }
        ProcessBuilder plain = command("upper", "./in", "./out");
        ProcessBuilder onTerminal = new ProcessBuilder(
                        "script", "-qec", "'" + String.join("' '", plain.command()) + "'", "/dev/null")
                .directory(folder.toFile())
                .redirectErrorStream(true);
        onTerminal.environment().put("TERM", "xterm");

        Run run = run(onTerminal);

        assertThat(run.status()).isZero();
        assertThat(run.output())
                .contains("100%", "1 converted, 0 skipped, 0 failed", ", and 2 more")
                .containsPattern("12 left out, not JPEG, PNG, GIF, WebP, BMP or TIFF: \\d+.txt, ")
                .doesNotContain("a.jpg 1 byte(s)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ./nowhere | ./out    | There is no folder
                    ./in/a.jpg| ./out    | is a file: give its folder
                    ''        | ./out    | one of them is empty
                    ./in      | ./in     | are the same
                    ./in      | ./link   | are the same
                    ./link    | ./in     | are the same
                    ./in      | ./in/x/y | --to is within --from
                    ./in      | ./link/x | --to is within --from
                    ./link    | ./in/x   | --to is within --from
                    ./in/deep | ./in     | --from is within --to
                    ./in/deep | ./link   | --from is within --to
                    ./link/deep | ./in   | --from is within --to
                    ./in      | ./x/../in| are the same
                    photos    | ./out    | set minio_access_key and minio_secret_key
                    """)
    void whatIsInvalidIsExplained(String from, String to, String message) throws Exception {
        picture("a.jpg", "a");
        picture("deep/b.jpg", "b");
        Files.createSymbolicLink(folder.resolve("link"), Path.of("in"));
        List<String> before = contents();

        Run run = run(command("upper", from, to));

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.output()).contains(message);
        assertThat(contents()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({
        "upper, nowhere, --gateway is \"nowhere\": write an address",
        "upper, 'http://a,', --gateway is",
        "upper, http://127.0.0.1:99999, --gateway is",
        "two words, http://127.0.0.1:1, Illegal character in path",
        "upper?a b, http://127.0.0.1:1, --function is \"upper?a b\": Illegal character in query",
        "upper#b, http://127.0.0.1:1, --function is \"upper#b\": write its name",
        "'', http://127.0.0.1:1, --function is \"\": write its name",
        "?a=b, http://127.0.0.1:1, --function is \"?a=b\": write its name"
    })
    void aGatewayOrFunctionThatCannotBeCalledIsRefusedBeforeTheFirstPicture(
            String function, String gateway, String message) throws Exception {
        picture("a.jpg", "a");

        Run run = run(at(gateway, command(function, "./in", "./out")));

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.output()).contains(message);
        assertThat(folder.resolve("convert-failures.txt")).doesNotExist();
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void theHelpNamesTheExitCodes() throws Exception {
        Run run = run(command("upper", "./in", "./out", "--help"));

        assertThat(run.status()).isZero();
        assertThat(run.output())
                .contains("--dry-run", "Exit codes:")
                .containsPattern("(?m)^ +3 +no picture was found$");
    }
}
