package imagefunctions.asynccalls.delivery;

import imagefunctions.asynccalls.Header;
import imagefunctions.retry.RetryAfter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a function answered.
 *
 * @param length of the body, if it is known before it is read
 */
public record FunctionAnswer(int status, List<Header> headers, InputStream body, OptionalLong length)
        implements AutoCloseable {
    public FunctionAnswer {
        headers = List.copyOf(headers);
    }

    public static FunctionAnswer of(int status, List<Header> headers, byte[] body) {
        return new FunctionAnswer(status, headers, new ByteArrayInputStream(body), OptionalLong.of(body.length));
    }

    /** How long the function asks to wait before another attempt, or zero. */
    Duration retryAfter() {
        return RetryAfter.of(this::header).orElse(Duration.ZERO);
    }

    /** The first header of this name, in any case. */
    Optional<String> header(String name) {
        return headers.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(Header::value)
                .findFirst();
    }

    @Override
    public void close() throws IOException {
        body.close();
    }
}
