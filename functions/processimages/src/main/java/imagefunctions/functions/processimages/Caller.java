package imagefunctions.functions.processimages;

import imagefunctions.runtime.Call;
import imagefunctions.runtime.CallId;
import imagefunctions.traces.TraceContext;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * On whose behalf functions are called.
 *
 * @param headers its call id and its trace, for the requests to functions
 */
record Caller(Map<String, String> headers) {
    static Caller of(Call call) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(CallId.HEADER, call.id());
        TraceContext.of(call::header).map(TraceContext::headers).ifPresent(headers::putAll);
        return new Caller(headers);
    }
}
