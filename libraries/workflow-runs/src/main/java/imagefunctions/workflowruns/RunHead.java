package imagefunctions.workflowruns;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a run begins with, beside its body.
 *
 * @param id what callers repeat to go on with it
 * @param workflow the name of the workflow
 * @param files the texts of its file and of those that it includes, as they were when it began, by file name
 * @param query the request's parameters
 * @param headers the request's headers
 */
public record RunHead(
        String id,
        String workflow,
        Map<String, String> files,
        Instant started,
        Map<String, List<String>> query,
        Map<String, List<String>> headers) {}
