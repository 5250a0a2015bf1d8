package imagefunctions.localgateway.backends;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;

/** A function as OpenFaaS' {@code GET /system/functions} describes one. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record FunctionStatus(
        String name,
        String image,
        String namespace,
        double invocationCount,
        long replicas,
        long availableReplicas,
        Instant createdAt) {}
