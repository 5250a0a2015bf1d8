package imagefunctions.localgateway.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imagefunctions.asynccalls.QueueNames;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NamedQueuesTest {

    @Test
    void queuesHaveFunctionsAndWorkers() {
        NamedQueues queues = NamedQueues.of("waiting:16=chaining; slow:2=loadimages, processimages");

        assertThat(queues.workers()).isEqualTo(Map.of("waiting", 16, "slow", 2));
        assertThat(queues.names().of("processimages")).isEqualTo("slow");
        assertThat(queues.names().of("draft")).isEqualTo(QueueNames.DEFAULT);
        assertThat(NamedQueues.of(" ").names()).isEqualTo(new QueueNames(Map.of()));
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
            })
    void whatIsNoListOfQueuesIsRefused(String text, String why) {
        assertThatThrownBy(() -> NamedQueues.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("IMAGE_FUNCTIONS_QUEUES")
                .hasMessageContaining(why);
    }
}
