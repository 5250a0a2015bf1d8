package imagefunctions.localgateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import imagefunctions.storage.ObjectStore;
import imagefunctions.storage.ObjectStoreSettings;
import imagefunctions.testservers.Browser;
import imagefunctions.testservers.ReservedPort;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The console in a real browser, at a gateway that asks for a password; leaves what each view looks like in {@code
 * target/console-*.png}, from where {@code ./run pictures} takes them.
 */
@EnabledIf(
        value = "chromiumIsThere",
        disabledReason = "No Chromium on the PATH, the console is not tested: apt-get install chromium")
final class ConsoleIT {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Path PHOTO = Path.of("../../docs/pictures/seeding.jpg");
    private static final Path SMALL = Path.of("../../docs/pictures/seeding.thumbnail.jpg");
    private static final String CREDENTIALS = "admin:secret";

    private static @Nullable Browser shared;
    private static @Nullable LocalGatewayProcess gatewayProcess;
    private static @Nullable ReceiverProcess receiverProcess;
    private static @Nullable ObjectStore shop;
    private static @Nullable RemoteGateway remote;

    private final Browser browser = Objects.requireNonNull(shared);
    private final LocalGatewayProcess gateway = Objects.requireNonNull(gatewayProcess);
    private final ReceiverProcess receiver = Objects.requireNonNull(receiverProcess);
    private final ObjectStore store = Objects.requireNonNull(shop);

    static boolean chromiumIsThere() {
        return Browser.find().isPresent();
    }

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        Path secrets = Files.createDirectory(folder.resolve("secrets"));
        Files.writeString(secrets.resolve("basic-auth-user"), "admin");
        Files.writeString(secrets.resolve("basic-auth-password"), "secret");
        Path workflows = Files.createDirectory(folder.resolve("workflows"));
        for (String example : new String[] {"archive", "durable", "parallel"}) {
            Files.copy(
                    Path.of("../../functions/chaining/examples/" + example + ".yml"),
                    workflows.resolve(example + ".yml"));
        }
        receiverProcess = ReceiverProcess.start(folder.resolve("messages"));
        remote = new RemoteGateway(Duration.ZERO);
        try (ReservedPort port = new ReservedPort();
                ReservedPort s3 = new ReservedPort()) {
            gatewayProcess = LocalGatewayProcess.start(Map.ofEntries(
                    Map.entry("QUARKUS_HTTP_PORT", port.toString()),
                    Map.entry("gateway_url", "http://127.0.0.1:" + port),
                    Map.entry("IMAGE_FUNCTIONS_S3_PORT", s3.toString()),
                    Map.entry("IMAGE_FUNCTIONS_S3_FOLDER", folder.resolve("s3").toString()),
                    Map.entry("minio_access_key", "tester"),
                    Map.entry("minio_secret_key", "tester-secret"),
                    Map.entry("IMAGE_FUNCTIONS_WORKFLOWS", workflows.toString()),
                    Map.entry(
                            "IMAGE_FUNCTIONS_RUNS_FOLDER",
                            folder.resolve("runs").toString()),
                    Map.entry(
                            "IMAGE_FUNCTIONS_BACKENDS",
                            "elsewhere=" + remote.url() + "/function/elsewhere,nobody=http://127.0.0.1:1"),
                    Map.entry("IMAGE_FUNCTIONS_RECEIVER", receiverProcess.at("").toString()),
                    Map.entry("IMAGE_FUNCTIONS_RECONCILE_EVERY", "2s"),
                    Map.entry("basic_auth", "true"),
                    Map.entry("secret_mount_path", secrets.toString())));
            shop = new ObjectStore(new ObjectStoreSettings(
                    s3.url(), "us-east-1", "tester", "tester-secret", Duration.ofSeconds(5), Duration.ofSeconds(30)));
        }
        shared = Browser.start(Browser.find().orElseThrow(), folder);
    }

    @AfterAll
    static void stop() throws Exception {
        if (shared != null) {
            shared.close();
            Objects.requireNonNull(gatewayProcess).close();
            Objects.requireNonNull(receiverProcess).close();
            Objects.requireNonNull(shop).close();
            Objects.requireNonNull(remote).close();
        }
    }

    @BeforeEach
    void desktop() throws Exception {
        browser.newPage();
        browser.size(1280, 900);
    }

    private void open(String view) throws Exception {
        browser.open(
                URI.create(gateway.at("/ui/#" + view).toString().replace("http://", "http://" + CREDENTIALS + "@")));
    }

    private HttpResponse<String> send(String method, String path, byte[] body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(gateway.at(path))
                .method(method, BodyPublishers.ofByteArray(body))
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(CREDENTIALS.getBytes(UTF_8)));
        return CLIENT.send((headers.length == 0 ? request : request.headers(headers)).build(), BodyHandlers.ofString());
    }

    private void until(String expression) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> browser.evaluate("!!(" + expression + ")").asBoolean());
    }

    private String text(String selector) throws Exception {
        return browser.evaluate("document.querySelector(`" + selector + "`)?.textContent ?? ''")
                .asText();
    }

    private void press(String selector) throws Exception {
        browser.evaluate("document.querySelector(`" + selector + "`).click()");
    }

    private void choose(String option) throws Exception {
        browser.evaluate(
                "[...document.querySelectorAll('.choice button')].find(b => b.innerText === '" + option + "').click()");
    }

    private void fill(String selector, String value) throws Exception {
        browser.evaluate("{ const field = document.querySelector('" + selector + "'); field.value = '" + value
                + "'; field.dispatchEvent(new Event('input', { bubbles: true })); }");
    }

    private void untilPicturesAreLoaded() {
        until("[...document.images].filter(i => i.getBoundingClientRect().top < innerHeight)"
                + ".every(i => i.complete && i.naturalWidth > 0)");
    }

    /** In light at a desk, and in dark on a phone, where nothing may stick out. */
    private void picture(String view) throws Exception {
        untilPicturesAreLoaded();
        browser.screenshot(Path.of("target/console-" + view + ".png"));
        browser.size(390, 844);
        browser.colours("dark");
        untilPicturesAreLoaded();
        assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
                .isEqualTo(390);
        browser.screenshot(Path.of("target/console-" + view + "-phone.png"));
    }

    private void assertThatNothingIsRefusedOrFromOutside() throws Exception {
        String here = gateway.at("/").toString();
        assertThat(browser.events)
                .filteredOn(event -> event.path("method").asText().equals("Network.requestWillBeSent"))
                .extracting(event -> event.path("params")
                        .path("request")
                        .path("url")
                        .asText()
                        .replace(CREDENTIALS + "@", ""))
                .isNotEmpty()
                .allMatch(url -> url.startsWith(here) || url.startsWith("blob:") || url.startsWith("data:"));
        assertThat(browser.events)
                .filteredOn(event -> event.path("method").asText().matches("Runtime.exceptionThrown|Log.entryAdded"))
                // Which takes zips only, and says so.
                .filteredOn(event -> !event.toString().contains("workflow=archive"))
                .isEmpty();
        assertThat(browser.evaluate("[...document.querySelectorAll('button, input, select')]"
                                + ".every(e => e.labels?.length || e.ariaLabel || e.innerText.trim())")
                        .asBoolean())
                .as("everything that can be pressed or filled in has a name")
                .isTrue();
    }

    @Test
    void aPhotoIsTriedOnEveryFunctionAndWorkflow() throws Exception {
        open("try");
        until("document.querySelectorAll('.card').length >= 7");
        assertThat(browser.evaluate("[...document.querySelectorAll('.card h2')].map(h => h.innerText)")
                        .toString())
                .contains("\"draft\"", "\"chaining: parallel\"", "\"chaining: workflow\"")
                .doesNotContain("loadimages", "processimages");
        press(".drop button");
        until("document.querySelectorAll('.card .picture img').length >= 6");
        until("document.querySelectorAll(\"[aria-label='chaining: parallel'] .entries img\").length === 3");
        assertThat(text("[aria-label=Original] .facts")).isEqualTo("1920 × 1080, 259.3 kB");
        assertThat(text("[aria-label=thumbnail] .facts")).startsWith("128 × 72, ");
        assertThat(text("[aria-label=transpose] select")).contains("rotate_90", "flip_top_bottom");
        browser.evaluate("scrollTo(0, 0)");
        picture("try");
        browser.size(1280, 900);

        browser.evaluate("{ const s = document.querySelector('[aria-label=transpose] select'); s.value = 'rotate_90';"
                + " s.dispatchEvent(new Event('change', { bubbles: true })); }");
        until("document.querySelector('[aria-label=transpose] .facts').innerText.startsWith('1080 × 1920')");
        press("[aria-label=transpose] .picture");
        until("document.querySelectorAll('dialog[open] img').length === 2");
        press("dialog button");
        until("!document.querySelector('dialog')");
        assertThatNothingIsRefusedOrFromOutside();
    }

    @Test
    void aFunctionThatTellsNothingOfItselfIsCalledOnceThatIsAskedFor() throws Exception {
        open("try");
        until("document.querySelector('[aria-label=elsewhere]')");
        press(".drop button");
        until("document.querySelector('[aria-label=elsewhere] .mat button')");
        until("document.querySelectorAll('.card .picture img').length >= 6");
        assertThat(Objects.requireNonNull(remote).asked()).isZero();

        press("[aria-label=elsewhere] .mat button");
        until("document.querySelector('[aria-label=elsewhere] .facts').innerText.includes('100 %')");
        assertThat(remote.asked()).isEqualTo(1);
    }

    @Test
    void aZipIsSentAsItIsAndItsPicturesOneByOne() throws Exception {
        open("try");
        until("document.querySelectorAll('.card').length >= 7");
        drop("photos.zip", zip("a.jpg", "notes.txt", "folder/b.jpg"));
        until("document.querySelectorAll('.strip button').length === 3");
        assertThat(text("[aria-label=Original] .summary")).isEqualTo("a.jpg");
        until("document.querySelector('[aria-label=thumbnail] .facts').innerText.startsWith('128 ')");

        press("[aria-label='photos.zip']");
        until("document.querySelectorAll(\"[aria-label='chaining: archive'] .entries img\").length === 2");
        assertThat(text("[aria-label='chaining: archive'] .facts")).startsWith("2 files, ");
        assertThat(text("[aria-label=bw] [role=alert]")).contains("JPEG");

        paste("many.zip", zip(IntStream.range(0, 60).mapToObj(i -> i + ".jpg").toArray(String[]::new)));
        until("document.querySelectorAll('.strip button').length === 50");
        assertThat(text("[role=alert]")).startsWith("14 files left out: ");
    }

    @Test
    void whatAZipSaysOfALengthDoesNotDecideHowMuchOfItIsShown() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("a.jpg"));
            zip.write(Files.readAllBytes(SMALL));
            zip.putNextEntry(new ZipEntry("large.jpg"));
            zip.write(new byte[65_000_000]);
        }
        ByteBuffer zip = ByteBuffer.wrap(bytes.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
        // The length in the last entry of the central directory (APPNOTE 4.3.12), which ends with its name.
        int length = zip.limit() - 22 - "large.jpg".length() - 46 + 24;
        assertThat(zip.getInt(length)).isEqualTo(65_000_000);
        zip.putInt(length, 0);
        open("try");
        until("document.querySelectorAll('.card').length >= 7");
        drop("bomb.zip", zip.array());

        until("document.querySelectorAll('.strip button').length > 1");
        assertThat(browser.evaluate("[...document.querySelectorAll('.strip button')].map(b => b.ariaLabel).join()")
                        .asText())
                .isEqualTo("bomb.zip,a.jpg");
        assertThat(text("[role=alert]")).startsWith("1 file left out: ");
    }

    private static byte[] zip(String... names) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(name.endsWith(".jpg") ? Files.readAllBytes(SMALL) : "no picture".getBytes(UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    private void drop(String name, byte[] content) throws Exception {
        give(
                name,
                content,
                "document.querySelector('.drop')",
                "new DragEvent('drop', { dataTransfer: files, bubbles: true })");
    }

    private void paste(String name, byte[] content) throws Exception {
        give(name, content, "window", "new ClipboardEvent('paste', { clipboardData: files })");
    }

    private void give(String name, byte[] content, String target, String event) throws Exception {
        browser.evaluate("{ const files = new DataTransfer(); files.items.add(new File([Uint8Array.fromBase64('"
                + Base64.getEncoder().encodeToString(content) + "')], '" + name + "')); " + target + ".dispatchEvent("
                + event + "); }");
    }

    @Test
    void anAddressThatIsNoneLeadsToTheFirstView() throws Exception {
        open("try");
        until("document.querySelectorAll('.card').length >= 7");
        for (String place : new String[] {"runs/%zz/%", "constructor", "%zz"}) {
            browser.evaluate("location.hash = '" + place + "'");
            until("document.activeElement.matches('main')");
        }
        browser.evaluate("{ window.isOld = true; location.reload(); }");
        until("!window.isOld && document.querySelectorAll('.card').length >= 7");
        assertThat(browser.events)
                .filteredOn(event -> event.path("method").asText().equals("Runtime.exceptionThrown"))
                .isEmpty();
    }

    @Test
    void belowAPathOfAProxyThePageFindsEverything() throws Exception {
        HttpServer proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        proxy.createContext("/images/", exchange -> {
            String path = exchange.getRequestURI().toString().substring("/images".length());
            HttpRequest.Builder request = HttpRequest.newBuilder(gateway.at(path));
            for (String name : List.of("Authorization", "Accept")) {
                Optional.ofNullable(exchange.getRequestHeaders().getFirst(name))
                        .ifPresent(value -> request.header(name, value));
            }
            HttpResponse<byte[]> answer = CLIENT.sendAsync(request.build(), BodyHandlers.ofByteArray())
                    .join();
            for (String name : List.of("Content-Type", "Location", "WWW-Authenticate")) {
                answer.headers().firstValue(name).ifPresent(value -> exchange.getResponseHeaders()
                        .set(name, value));
            }
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
            exchange.close();
        });
        proxy.start();
        try {
            browser.open(URI.create(
                    "http://" + CREDENTIALS + "@127.0.0.1:" + proxy.getAddress().getPort() + "/images/ui"));
            until("document.querySelectorAll('.card').length >= 7 && location.pathname === '/images/ui/'");
        } finally {
            proxy.stop(0);
        }
    }

    @Test
    void whatAFunctionRefusesIsSaidInItsOwnWords() throws Exception {
        open("try");
        until("document.querySelectorAll('.card').length >= 7");
        browser.evaluate(
                "{ const files = new DataTransfer(); files.items.add(new File(['no picture'], 'a.txt'));"
                        + " files.items.add(new File(['none'], 'b.txt'));"
                        + " document.querySelector('.drop').dispatchEvent(new DragEvent('drop', { dataTransfer: files, bubbles: true })); }");
        for (String card : List.of("bw", "chaining: parallel")) {
            until("document.querySelector(`[aria-label='" + card + "'] [role=alert]`) !== null");
        }
        assertThat(text("[aria-label=bw] [role=alert]")).contains("JPEG");
        assertThat(text("[aria-label='chaining: parallel'] [role=alert]")).contains("Step ");
        assertThat(browser.evaluate("document.querySelectorAll('.strip button').length")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void callsAreSeenAndSteered() throws Exception {
        send("POST", "/async-function/bw", Files.readAllBytes(PHOTO), "X-Call-Id", "delivered");
        send("POST", "/async-function/bw", "no picture".getBytes(UTF_8), "X-Call-Id", "dead");
        send(
                "POST",
                "/async-function/bw",
                "no picture".getBytes(UTF_8),
                "X-Call-Id",
                "refused",
                "X-Callback-Url",
                receiver.at("/messages/refused.json").toString());
        open("calls");
        until("document.querySelector('tr.dead')"
                + " && [...document.querySelectorAll('tr.delivered')].some(row => row.innerText.includes('refused'))");
        assertThat(text("tr.dead")).contains("bw", "dead", "415", "not an image");
        assertThat(browser.evaluate(
                                "[...document.querySelectorAll('tbody tr')].map(row => row.querySelector('code').innerText)"
                                        + ".filter(id => !id.includes('-')).join()")
                        .asText())
                .as("the newest first")
                .isEqualTo("refused,dead,delivered");
        picture("calls");
        browser.size(1280, 900);

        press("[aria-label='Requeue dead']");
        until("document.querySelector('[role=status]').innerText === 'dead is queued again.'");
        choose("delivered");
        until("[...document.querySelectorAll('tbody tr')].every(row => row.className === 'delivered')");

        choose("errors");
        until("[...document.querySelectorAll('tbody tr')].length === 2");
        assertThat(text("tr.delivered")).contains("refused", "415");
        send("DELETE", "/system/messages/refused.json?call=refused&failed", new byte[0]);
        assertThatNothingIsRefusedOrFromOutside();
    }

    @Test
    void aCallIsFoundByItsIdAndCancelled() throws Exception {
        send("POST", "/async-function/nobody", new byte[] {1}, "X-Call-Id", "unwanted");
        open("calls");
        until("document.querySelector('input[type=search]')");
        fill("input[type=search]", "unwanted");
        until(
                "document.querySelectorAll('tbody tr').length === 1 && document.querySelector(`[aria-label='Cancel unwanted']`)");
        press("[aria-label='Cancel unwanted']");
        until("document.querySelector('[role=status]').innerText === 'unwanted is cancelled.'");
        until("document.querySelector('.empty')?.innerText.startsWith('There is no call unwanted')");
    }

    @Test
    void aRunIsSeenStepByStep() throws Exception {
        send("POST", "/function/chaining?workflow=durable", Files.readAllBytes(PHOTO), "X-Call-Id", "my-run");
        send("POST", "/function/chaining?workflow=durable", "no picture".getBytes(UTF_8), "X-Call-Id", "my-failure");
        open("runs");
        until("document.querySelector(\"a[href='#runs/my-failure']\")");
        press("a[href='#runs/my-failure']");
        until("document.querySelector('.node.failed')");
        assertThat(text(".node.failed")).contains("transpose");
        press("[aria-label='retry the run']");
        until("document.querySelector('[role=status]').innerText === 'Asked to retry.'");

        open("runs/my-run");
        until("document.querySelectorAll('.node.done .picture img').length === 3");
        assertThat(text(".node.done")).contains("transpose", "1 attempt", "127.0.0.1:");
        assertThat(browser.evaluate("document.querySelectorAll('.waterfall .bar').length")
                        .asInt())
                .isEqualTo(3);
        picture("runs");
        assertThatNothingIsRefusedOrFromOutside();
    }

    @Test
    void picturesOfBucketsAreSeenBesideTheirResults() throws Exception {
        await().until(() -> send("GET", "/system/buckets", new byte[0]).body().contains("\"on\""));
        store.put("incoming", "seeding.jpg", PHOTO, "image/jpeg", Map.of());
        store.put("incoming", "broken.jpg", Path.of("pom.xml"), "image/jpeg", Map.of());
        open("buckets");
        until("document.querySelector('.state.current') && document.querySelector('.state.failed')");
        assertThat(text("tbody tr")).contains("default", "incoming", "bw", "processed");
        assertThat(browser.evaluate("document.querySelectorAll(\"[aria-label='seeding.jpg'] img\").length")
                        .asInt())
                .isEqualTo(2);
        assertThat(text("[aria-label='broken.jpg'] .bad")).contains("415");
        press("[aria-label='Convert broken.jpg again']");
        until(
                "[...document.querySelectorAll('[role=status]')].some(s => s.innerText === 'broken.jpg will be converted again.')");
        until("[...document.querySelectorAll(\"[aria-label='seeding.jpg'] img\")].every(i => i.naturalWidth > 0)");

        store.put("incoming", "broken.jpg", PHOTO, "image/jpeg", Map.of());
        until("document.querySelectorAll('.state.current').length === 2");
        picture("buckets");
        for (String path : new String[] {
            "/system/objects?bucket=secrets&key=a",
            "/system/objects?bucket=incoming&key=missing",
            "/system/rules/none/pictures"
        }) {
            assertThat(send("GET", path, new byte[0]).statusCode()).isEqualTo(404);
        }
        assertThat(send("GET", "/system/objects?bucket=incoming", new byte[0]).statusCode())
                .isEqualTo(400);
        assertThatNothingIsRefusedOrFromOutside();
    }

    @Test
    void functionsAreSeenWithTheirTimes() throws Exception {
        send("POST", "/function/draft", Files.readAllBytes(PHOTO));
        send("POST", "/function/draft", "no picture".getBytes(UTF_8));
        open("functions");
        until("[...document.querySelectorAll('tbody tr')].some(r => r.innerText.startsWith('draft'))");
        String[] draft = browser.evaluate(
                        "[...document.querySelectorAll('tbody tr')].find(r => r.innerText.startsWith('draft')).innerText")
                .asText()
                .split("\t", -1);
        assertThat(Integer.parseInt(draft[1])).isGreaterThanOrEqualTo(2);
        assertThat(Integer.parseInt(draft[2])).isGreaterThanOrEqualTo(1);
        assertThat(draft[3]).matches("[0-9.]+\\h?m?s");
        assertThat(draft[4]).matches("[0-9.]+\\h?m?s");
        assertThat(draft[5]).isEqualTo("0");
        picture("functions");
        assertThatNothingIsRefusedOrFromOutside();
    }

    @Test
    void messagesOfTheReceiverAreSearchedAndDeleted() throws Exception {
        for (String name : new String[] {"draft", "thumbnail", "bw"}) {
            deliver(
                    "seeding." + name + ".jpg",
                    name,
                    "200",
                    Files.readAllBytes(Path.of("../../docs/pictures/seeding." + name + ".jpg")));
        }
        deliver("broken.jpg", "bw", "415", "{\"detail\": \"This is no picture.\"}".getBytes(UTF_8));
        open("messages");
        until("document.querySelectorAll('.card').length === 4");
        until("document.querySelector(\"[aria-label='broken.jpg'] .mat\").innerText === 'This is no picture.'");
        picture("messages");
        browser.size(1280, 900);
        HttpResponse<String> archive = send("GET", "/system/messages.zip?search=thumb", new byte[0]);
        assertThat(archive.headers().firstValue("Content-Type")).contains("application/zip");
        assertThat(archive.body()).contains("seeding.thumbnail.jpg").doesNotContain("seeding.draft.jpg");

        assertThat(send("GET", "/system//127.0.0.2/../messages", new byte[0]).statusCode())
                .as("a path that would name another server")
                .isEqualTo(200);

        fill("input[type=search]", "THUMB");
        until("document.querySelectorAll('.card').length === 1");
        press("[aria-label='Delete seeding.thumbnail.jpg']");
        until("document.activeElement.innerText === 'Keep'");
        press("[aria-label='Really delete seeding.thumbnail.jpg']");
        until("document.querySelectorAll('.card').length === 0");
        assertThat(text("[role=status]")).isEqualTo("seeding.thumbnail.jpg is deleted.");
        assertThatNothingIsRefusedOrFromOutside();
    }

    /** In Europe and Brazil, on days of 25 and of 23 hours; in Brazil such a day had no midnight. */
    @ParameterizedTest
    @CsvSource({
        "Europe/Berlin,     2026-10-25, 2026-10-24T22:00:00.000Z, 2026-10-25T23:00:00.000Z",
        "Europe/Berlin,     2026-03-29, 2026-03-28T23:00:00.000Z, 2026-03-29T22:00:00.000Z",
        "America/Sao_Paulo, 2018-11-04, 2018-11-04T03:00:00.000Z, 2018-11-05T02:00:00.000Z",
        "Europe/Berlin,     2026-12-31, 2026-12-30T23:00:00.000Z, 2026-12-31T23:00:00.000Z"
    })
    void messagesOfADayAreThoseOfAllItsHours(String zone, String day, String since, String until) throws Exception {
        browser.timeZone(zone);
        open("messages");
        until("document.querySelectorAll('input[type=date]').length === 2");
        browser.evaluate("for (const field of document.querySelectorAll('input[type=date]')) { field.value = '" + day
                + "'; field.dispatchEvent(new Event('change', { bubbles: true })); }");

        String archive = "document.querySelector('a[download]').href";
        until("new URL(" + archive + ").searchParams.has('until')");
        assertThat(browser.evaluate("[...new URL(" + archive + ").searchParams].join()")
                        .asText())
                .isEqualTo("since," + since + ",until," + until);
    }

    private void deliver(String name, String function, String status, byte[] body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(receiver.at("/messages/" + name))
                .POST(BodyPublishers.ofByteArray(body))
                .headers(
                        "X-Call-Id",
                        "my-" + function + "-" + status,
                        "X-Function-Name",
                        function,
                        "X-Function-Status",
                        status,
                        "X-Duration-Seconds",
                        "0.021")
                .build();
        assertThat(CLIENT.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(201);
    }
}
