package imagefunctions.convert;

import imagefunctions.folders.NameEncoding;
import imagefunctions.gatewayclient.Credentials;
import imagefunctions.gatewayclient.GatewayChoice;
import imagefunctions.gatewayclient.GatewayClient;
import imagefunctions.gatewayclient.Gateways;
import imagefunctions.reasons.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** The command {@code ./run convert}. */
@Command(
        name = "convert",
        description = {
            "Sends every picture of a folder or bucket through a function and stores the results under the same names,"
                    + " of whatever format they are. What is done already is skipped, so an interrupted run goes on where"
                    + " it stopped; a file or object that no run made is never replaced.",
            "Pictures are files named so (.jpg, .jpeg, .jpe, .jfif, .png, .gif, .webp, .bmp, .tif, .tiff), and others"
                    + " by their first bytes. Links are followed. Names that begin with a dot are left out, with all"
                    + " that is below such a folder."
        },
        footer = "%nA name with a slash in it is a folder (./photos); s3://NAME, s3://NAME/PREFIX or a bare name is a"
                + " bucket.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:everything is converted, now or before",
            "1:something failed, was refused, or could not be read",
            "2:it could not start, or not go on",
            "3:no picture was found",
            "130:Ctrl-C; no half file is left"
        },
        exitCodeOnExecutionException = ExitCode.USAGE,
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class Convert implements Callable<Integer> {
    private static final int SOMETHING_FAILED = 1;
    private static final int NOTHING_FOUND = 3;

    @Option(names = "--from", required = true, paramLabel = "DIR|BUCKET", description = "where the pictures are")
    private String from = "";

    @Option(names = "--to", required = true, paramLabel = "DIR|BUCKET", description = "where the results go")
    private String to = "";

    @Option(
            names = "--function",
            required = true,
            paramLabel = "NAME",
            description = "the function, with parameters if it needs some: thumbnail?width=320")
    private String function = "";

    @Option(
            names = "--gateway",
            paramLabel = "URL[,URL...]",
            description = "where the function is, at one gateway or several (default: ${DEFAULT-VALUE})")
    private String gateway = "http://127.0.0.1:8080";

    @Option(
            names = "--at-a-time",
            paramLabel = "N",
            description = "pictures converted at the same time (default: ${DEFAULT-VALUE})")
    private int concurrency = 4;

    @Option(
            names = "--failures",
            paramLabel = "FILE",
            description = "where failures are listed with their reasons; an older such list is replaced, another file"
                    + " never (default: ${DEFAULT-VALUE})")
    private Path failures = Path.of("convert-failures.txt");

    @Option(
            names = "--dry-run",
            description = "say what would be converted, skipped, left out and refused; call and write nothing")
    private boolean dryRun;

    private Convert() {}

    public static void main(String[] args) {
        CommandLine command = new CommandLine(new Convert());
        command.setExecutionExceptionHandler((e, c, parsed) -> {
            if (e instanceof IOException
                    || e instanceof IllegalArgumentException
                    || e instanceof IllegalStateException) {
                c.getErr().println(Reason.of(e));
                return c.getCommandSpec().exitCodeOnInvalidInput();
            }
            throw e;
        });
        System.exit(command.execute(args));
    }

    @Override
    public Integer call() throws IOException {
        NameEncoding.requireUtf8();
        if (concurrency < 1) {
            throw new IllegalArgumentException("--at-a-time is " + concurrency + ": give 1 or more.");
        }
        Location source = Location.ofPictures(from);
        Location target = Location.of(to);
        refuseNested(source, target);
        Gateways gateways = gateways();
        try (GatewayClient client = new GatewayClient(GatewayChoice.LEAST_REQUESTS, credentials())) {
            FunctionCall call = new FunctionCall(client, gateways, function);
            FailureList.check(failures);
            try (Results results = target.results(function, dryRun)) {
                return dryRun ? dryRun(source, target, results) : convert(source, target, results, call);
            }
        }
    }

    private static void refuseNested(Location source, Location target) throws IOException {
        boolean within = source.holds(target);
        boolean around = target.holds(source);
        if (within && around) {
            throw new IllegalArgumentException("--from and --to are the same: the results would replace the pictures.");
        }
        if (within) {
            throw new IllegalArgumentException("--to is within --from: the results would be converted, too.");
        }
        if (around) {
            throw new IllegalArgumentException("--from is within --to: results could replace the pictures.");
        }
    }

    private int dryRun(Location source, Location target, Results results) throws IOException {
        ProgressReport progress = new ProgressReport();
        try (progress) {
            new DryRun(source, target, results, progress).run();
        }
        return status(progress);
    }

    private int convert(Location source, Location target, Results results, FunctionCall call) throws IOException {
        ProgressReport progress = ProgressReport.open(FailureList.open(failures), source, target);
        try (progress) {
            System.out.println("Through " + call.addresses());
            ConversionJob job = new ConversionJob(source, target, results, call, progress, concurrency);
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(job::stop));
            job.run();
        }
        return status(progress);
    }

    private int status(ProgressReport progress) {
        if (progress.foundNothing()) {
            System.out.println("There is no picture in " + from + ".");
            return NOTHING_FOUND;
        }
        return progress.failed() == 0 ? ExitCode.OK : SOMETHING_FAILED;
    }

    private Gateways gateways() {
        try {
            return Gateways.parse(gateway);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--gateway is \"" + gateway + "\": " + e.getMessage() + ".", e);
        }
    }

    private static Optional<Credentials> credentials() {
        return Credentials.of(
                Optional.ofNullable(System.getenv("basic_auth_user")),
                Optional.ofNullable(System.getenv("basic_auth_password")));
    }
}
