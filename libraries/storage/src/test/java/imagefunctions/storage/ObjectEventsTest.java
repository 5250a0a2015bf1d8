package imagefunctions.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ObjectEventsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    minio:s3 | s3:ObjectCreated:Put | dir%2Fa+b%2Bc.jpg | dir/a b+c.jpg
                    minio:s3 | s3:ObjectCreated:Put | 100%.jpg          | 100%.jpg
                    aws:s3   | ObjectCreated:Put    | a+b%C3%A4.jpg     | a bä.jpg
                    ceph:s3  | ObjectCreated:Put    | dir/a+b%41.jpg    | dir/a+b%41.jpg
                    """)
    void everySendersKeyIsReadAsItMeansIt(String source, String event, String sent, String key) throws Exception {
        JsonNode message = JSON.readTree("""
                {"Records": [{"eventSource": "%s", "eventName": "%s",
                  "s3": {"bucket": {"name": "incoming"}, "object": {"key": "%s", "size": 7, "eTag": "\\"abc\\""}}}]}
                """.formatted(source, event, sent));

        assertThat(ObjectEvents.areIn(message)).isTrue();
        assertThat(ObjectEvents.read(message))
                .containsExactly(new ObjectEvent("ObjectCreated:Put", "incoming", key, "abc", 7));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.jpg", "dir/a b+c%20.jpg", "ä&=?.png", "漢字"})
    void whatIsWrittenIsReadBack(String key) throws Exception {
        ObjectEvent event = new ObjectEvent("ObjectCreated:Copy", "incoming", key, "abc-2", 1L << 40);

        assertThat(ObjectEvents.read(JSON.readTree(ObjectEvents.write(event)))).containsExactly(event);
    }

    @Test
    void aTestMessageHasNoEvents() throws Exception {
        JsonNode message = JSON.readTree("{\"Service\": \"Amazon S3\", \"Event\": \"s3:TestEvent\"}");

        assertThat(ObjectEvents.areIn(message)).isTrue();
        assertThat(ObjectEvents.read(message)).isEmpty();
    }

    @Test
    void aRecordWithoutAKeyIsRefused() throws Exception {
        JsonNode message = JSON.readTree("{\"Records\": [{\"eventName\": \"s3:ObjectCreated:Put\"}]}");

        assertThatThrownBy(() -> ObjectEvents.read(message)).hasMessageContaining("s3.object.key");
    }
}
