package imagefunctions.localgateway.logs;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.time.Instant;

/**
 * A line of a log, with the members and in the order that OpenFaaS has them.
 *
 * @param name of the function
 * @param instance which process it is of
 */
record LogMessage(
        String name,
        String namespace,
        String instance,
        @JsonFormat(shape = JsonFormat.Shape.STRING) Instant timestamp,
        String text) {}
