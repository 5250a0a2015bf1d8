package imagefunctions.localgateway.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imagefunctions.asynccalls.QueueNames;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NamedQueuesTest {

    private static NamedQueues of(String text) {
        return NamedQueues.of(text, Map.of(), 3);
    }

    @Test
    void queuesHaveFunctionsAndWorkers() {
        NamedQueues queues = of("waiting:16=chaining; slow:2=loadimages, processimages");

        assertThat(queues.workers()).isEqualTo(Map.of("waiting", 16, "slow", 2));
        assertThat(queues.names().of("processimages")).isEqualTo("slow");
        assertThat(queues.names().of("draft")).isEqualTo(QueueNames.DEFAULT);
        assertThat(of(" ").names()).isEqualTo(new QueueNames(Map.of()));
    }

    @Test
    void whatFunctionsAskForHoldsUnlessItIsSetOtherwise() {
        NamedQueues queues = NamedQueues.of(
                "slow:2;fast:9=bw",
                Map.of("loadimages", "slow", "bw", "slow", "thumbnail", "new", "draft", QueueNames.DEFAULT),
                3);

        assertThat(queues.workers()).isEqualTo(Map.of("slow", 2, "fast", 9, "new", 3));
        assertThat(queues.names())
                .isEqualTo(new QueueNames(Map.of("loadimages", "slow", "bw", "fast", "thumbnail", "new")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "slow=loadimages | NAME:WORKERS=FUNCTION",
                "slow:2 | NAME:WORKERS=FUNCTION",
                "Slow:2=loadimages | NAME:WORKERS=FUNCTION",
                "default:2=loadimages | NAME:WORKERS=FUNCTION",
                "slow:2=loadimages;slow:3=bw | twice",
                "slow:2=bw;fast:3=bw | on two queues",
                "slow:0=bw | 1 to 9999 workers",
                "a-name-of-more-than-32-characters:2=bw | up to 32",
                "slow:2=bw,, draft | leave the comma out",
                "slow:2=bw, | leave the comma out",
            })
    void whatIsNoListOfQueuesIsRefused(String text, String why) {
        assertThatThrownBy(() -> of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("IMAGE_FUNCTIONS_QUEUES")
                .hasMessageContaining(why);
    }
}
