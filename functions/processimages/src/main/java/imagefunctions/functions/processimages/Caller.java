package imagefunctions.functions.processimages;

import imagefunctions.runtime.Call;
import imagefunctions.runtime.CallId;
import imagefunctions.storage.ObjectStore;
import imagefunctions.traces.TraceContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * On whose behalf functions are called and the store is asked.
 *
 * @param headers its call id and its trace, for the requests to functions
 * @param store the store, within its trace
 */
record Caller(Map<String, String> headers, ObjectStore store) {
    static Caller of(Call call, ObjectStore store) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(CallId.HEADER, call.id());
        Optional<TraceContext> trace = TraceContext.of(call::header);
        trace.map(TraceContext::headers).ifPresent(headers::putAll);
        return new Caller(headers, store.within(trace));
    }
}
