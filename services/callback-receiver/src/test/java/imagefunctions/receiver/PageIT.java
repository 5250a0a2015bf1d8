package imagefunctions.receiver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import imagefunctions.testservers.Browser;
import imagefunctions.testservers.ReservedPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser; leaves what it looks like in target/page-*.png. */
@EnabledIf(
        value = "chromiumIsThere",
        disabledReason = "No Chromium on the PATH, the page is not tested: apt-get install chromium")
final class PageIT {
    private static final List<String> PHOTOS = List.of("640x480", "199x300", "200x200");
    private static final String FAILURE = """
            {"type": "about:blank", "title": "Unprocessable Content", "status": 422,
             "detail": "The JPEG ends in the middle of a scan: send the whole file."}
            """;

    private static @Nullable Browser shared;

    @AutoClose
    private final ReservedPort port = new ReservedPort();

    private final Browser browser;
    private final Path messages;
    private final ReceiverProcess receiver;

    PageIT(@TempDir Path folder) throws Exception {
        browser = Objects.requireNonNull(shared);
        messages = folder.resolve("messages");
        receiver = startReceiver();
    }

    private ReceiverProcess startReceiver() throws IOException {
        return ReceiverProcess.start(messages, Map.of("QUARKUS_HTTP_PORT", port.toString()));
    }

    static boolean chromiumIsThere() {
        return Browser.find().isPresent();
    }

    @BeforeAll
    static void startBrowser(@TempDir Path folder) throws Exception {
        shared = Browser.start(Browser.find().orElseThrow(), folder);
    }

    @AfterAll
    static void stopBrowser() {
        if (shared != null) {
            shared.close();
        }
    }

    @BeforeEach
    void desktop() throws Exception {
        browser.newPage();
        browser.size(1280, 900);
    }

    @AfterEach
    void stop() throws IOException {
        receiver.close();
    }

    private static byte[] photo(int number) throws IOException {
        return Files.readAllBytes(Path.of("../../samples/fixtures/" + PHOTOS.get(number % PHOTOS.size()) + ".jpg"));
    }

    private void deliver(int number, String function) throws Exception {
        receiver.post(
                "/messages/" + function + "-" + number + ".jpg",
                photo(number),
                "X-Call-Id",
                "call-" + number,
                "X-Function-Name",
                function,
                "X-Function-Status",
                "200",
                "X-Duration-Seconds",
                "0.0" + (10 + number % 90));
    }

    private void deliverFailure(String id) throws Exception {
        receiver.post(
                "/messages/broken.jpg",
                FAILURE.getBytes(UTF_8),
                "X-Call-Id",
                id,
                "X-Function-Name",
                "bw",
                "X-Function-Status",
                "422",
                "X-Duration-Seconds",
                "0.002");
    }

    private int count(String selector) throws Exception {
        return browser.evaluate("document.querySelectorAll('" + selector + "').length")
                .asInt();
    }

    private void untilShown(String expression) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> browser.evaluate(expression).asBoolean());
    }

    private void untilPicturesAreLoaded() {
        untilShown("[...document.images].filter(i => i.getBoundingClientRect().top < innerHeight)"
                + ".every(i => i.complete && i.naturalWidth > 0)");
    }

    private void assertThatNothingWentWrongOrOutside() throws IOException {
        String here = receiver.at("/").toString();
        assertThat(browser.events)
                .filteredOn(event -> event.path("method").asText().equals("Network.requestWillBeSent"))
                .extracting(event ->
                        event.path("params").path("request").path("url").asText())
                .isNotEmpty()
                .allMatch(url -> url.startsWith(here) || url.startsWith("data:"));
        assertThat(browser.events)
                .extracting(event -> event.path("method").asText())
                .doesNotContain("Runtime.exceptionThrown", "Log.entryAdded");
    }

    @Test
    void anEmptyReceiverSaysHowToFillIt() throws Exception {
        browser.open(receiver.at("/"));
        untilShown("document.getElementById('empty')?.hidden === false");

        assertThat(browser.evaluate("document.getElementById('try').textContent")
                        .asText())
                .contains(
                        "curl --data-binary", receiver.at("/messages/draft.jpg").toString());
        browser.screenshot(Path.of("target/page-empty.png"));
    }

    @Test
    void picturesAndFailuresAppearAsTheyArriveNewestFirst() throws Exception {
        deliver(0, "draft");
        browser.open(receiver.at("/"));
        untilShown("document.getElementById('live')?.className === 'on'");
        assertThat(count(".card")).isEqualTo(1);

        deliver(1, "bw");
        deliverFailure("call-failed");
        deliver(2, "thumbnail");
        receiver.post("/messages/info.json", "{\"width\": 640}".getBytes(UTF_8));
        receiver.post("/messages/%3Cimg%20src=x%20onerror=document.title='hacked'%3E.jpg", new byte[] {1, 2, 3});
        untilShown("document.querySelectorAll('.card').length === 6");

        JsonNode names = browser.evaluate("[...document.querySelectorAll('.name')].map(n => n.textContent)");
        assertThat(names.toString())
                .isEqualTo("[\"<img src=x onerror=document.title='hacked'>.jpg\",\"info.json\",\"thumbnail-2.jpg\","
                        + "\"broken.jpg\",\"bw-1.jpg\",\"draft-0.jpg\"]");
        assertThat(count(".card.failed")).isEqualTo(1);
        untilShown("document.querySelector('.failed pre').textContent"
                + " === 'The JPEG ends in the middle of a scan: send the whole file.'");
        assertThat(browser.evaluate("document.querySelector('.failed').innerText")
                        .asText())
                .contains("bw", "422", "2 ms", "call-failed");
        assertThat(browser.evaluate("document.querySelector('.card:last-child').innerText")
                        .asText())
                .contains(
                        "draft",
                        "200",
                        String.format(Locale.ROOT, "%.1f kB", photo(0).length / 1e3),
                        "10 ms",
                        "call-0");
        untilPicturesAreLoaded();
        browser.screenshot(Path.of("target/page-desktop.png"));
        browser.colours("dark");
        browser.screenshot(Path.of("target/page-dark.png"));

        browser.evaluate("document.querySelector('[data-show=failures]').click()");
        assertThat(browser.evaluate("[...document.querySelectorAll('.card')].filter(c => c.offsetParent).length")
                        .asInt())
                .isEqualTo(1);
        assertThat(browser.evaluate("document.title").asText()).isEqualTo("Messages");
        assertThatNothingWentWrongOrOutside();
    }

    /** The page as the docs show it: docs/pictures/receiver.png is a copy of target/page-docs.png. */
    @Test
    void aHandfulOfMessagesIsSeenAtOneGlance() throws Exception {
        browser.size(960, 410);
        for (String function : List.of("draft", "thumbnail")) {
            receiver.post(
                    "/messages/seeding." + function + ".jpg",
                    Files.readAllBytes(Path.of("../../docs/pictures/seeding." + function + ".jpg")),
                    "X-Call-Id",
                    "my-" + function,
                    "X-Function-Name",
                    function,
                    "X-Duration-Seconds",
                    "0.021");
        }
        deliverFailure("my-bw");
        browser.open(receiver.at("/"));
        untilShown("document.querySelectorAll('.card').length === 3");
        untilPicturesAreLoaded();
        browser.screenshot(Path.of("target/page-docs.png"));

        assertThat(browser.evaluate("[...document.querySelectorAll('.card')]"
                                + ".every(card => card.getBoundingClientRect().bottom <= innerHeight)")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void threeHundredMessagesCanBeScrolledThroughOnAPhone() throws Exception {
        List<String> functions = List.of("draft", "bw", "thumbnail", "transpose");
        for (int i = 0; i < 300; i++) {
            if (i % 13 == 5) {
                deliverFailure("failed-" + i);
            } else {
                deliver(i, functions.get(i % functions.size()));
            }
        }
        browser.size(390, 844);
        browser.open(receiver.at("/"));
        untilShown("document.querySelectorAll('.card').length >= 50");
        untilPicturesAreLoaded();
        browser.screenshot(Path.of("target/page-phone.png"));
        assertThat(count(".card")).as("the rest comes when it is wanted").isLessThan(300);
        assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
                .isEqualTo(390);

        untilShown("scrollTo(0, document.body.scrollHeight), document.querySelectorAll('.card').length === 300");
        assertThat(browser.evaluate("new Set([...document.querySelectorAll('.id')].map(b => b.textContent)).size")
                        .asInt())
                .isEqualTo(300);
        deliver(300, "draft");
        untilShown("document.getElementById('fresh').textContent.startsWith('1 new')");
        browser.screenshot(Path.of("target/page-phone-end.png"));
        browser.size(1280, 900);
        browser.evaluate("scrollTo(0, 0)");
        untilPicturesAreLoaded();
        browser.screenshot(Path.of("target/page-300.png"));
        assertThatNothingWentWrongOrOutside();
    }

    @Test
    void aPageThatLostItsReceiverFindsItAgain() throws Exception {
        browser.open(receiver.at("/"));
        untilShown("document.getElementById('live')?.className === 'on'");
        receiver.kill();
        untilShown("document.getElementById('live').className === 'off'");
        try (ReceiverProcess second = startReceiver()) {
            second.post("/messages/missed.jpg", new byte[] {1}, "X-Call-Id", "missed");
            untilShown("document.getElementById('live').className === 'on'");
            untilShown("document.querySelectorAll('.card').length === 1");
        }
    }
}
