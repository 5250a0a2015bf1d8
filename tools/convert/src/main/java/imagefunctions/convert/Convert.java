package imagefunctions.convert;

import imagefunctions.gatewayclient.Credentials;
import imagefunctions.gatewayclient.GatewayChoice;
import imagefunctions.gatewayclient.GatewayClient;
import imagefunctions.gatewayclient.Gateways;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code ./run convert}. */
@Command(
        name = "./run convert",
        description = "Sends every picture of a folder or bucket through a function and stores the results under the"
                + " same names. What is done already is skipped, so an interrupted run goes on where it stopped.",
        footer = "%nA name with a slash in it is a folder (./photos), s3://NAME or a bare name a bucket.",
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class Convert implements Callable<Integer> {
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
            defaultValue = "http://127.0.0.1:8080",
            description = "where the function is, at one gateway or several (default: ${DEFAULT-VALUE})")
    private String gateway = "http://127.0.0.1:8080";

    @Option(
            names = "--at-a-time",
            paramLabel = "N",
            defaultValue = "4",
            description = "pictures converted at the same time (default: ${DEFAULT-VALUE})")
    private int concurrency = 4;

    @Option(
            names = "--failures",
            paramLabel = "FILE",
            defaultValue = "convert-failures.txt",
            description = "where failures are listed with their reasons (default: ${DEFAULT-VALUE})")
    private Path failures = Path.of("convert-failures.txt");

    private Convert() {}

    public static void main(String[] args) {
        CommandLine command = new CommandLine(new Convert());
        command.setExecutionExceptionHandler((e, c, parsed) -> {
            if (e instanceof IOException || e instanceof IllegalArgumentException) {
                c.getErr().println(e.getMessage());
                return c.getCommandSpec().exitCodeOnInvalidInput();
            }
            throw e;
        });
        System.exit(command.execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (concurrency < 1) {
            throw new IllegalArgumentException("--at-a-time is " + concurrency + ": give 1 or more.");
        }
        Location source = Location.of(from);
        Location target = Location.of(to);
        if (source.equals(target)) {
            throw new IllegalArgumentException("--from and --to are the same: the results would replace the pictures.");
        }
        if (source instanceof Folder pictures && target instanceof Folder results && pictures.holds(results)) {
            throw new IllegalArgumentException("--to is within --from: the results would be converted, too.");
        }
        target.check(function);
        Gateways gateways = gateways();
        try (GatewayClient client = new GatewayClient(GatewayChoice.LEAST_REQUESTS, credentials());
                ProgressReport progress = ProgressReport.open(failures, source)) {
            FunctionCall call = new FunctionCall(client, gateways, function);
            System.out.println("Through " + call.addresses());
            ConversionJob job = new ConversionJob(source, target, call, progress, concurrency);
            Thread onCtrlC = Thread.ofPlatform().unstarted(job::stop);
            Runtime.getRuntime().addShutdownHook(onCtrlC);
            job.run();
            return progress.failed() == 0 ? 0 : 1;
        }
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
