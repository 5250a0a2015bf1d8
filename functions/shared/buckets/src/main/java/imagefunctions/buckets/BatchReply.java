package imagefunctions.buckets;

import com.fasterxml.jackson.databind.ObjectMapper;
import imagefunctions.runtime.JsonReply;
import imagefunctions.runtime.Reply;
import java.util.List;

/** The replies of functions that process many items in one call. */
public final class BatchReply {
    private static final ObjectMapper JSON = new ObjectMapper();

    private BatchReply() {}

    /** The names of the successful items; the header X-Failed counts the others. */
    public static Reply names(List<String> names, long failed) {
        return of(200, names, failed);
    }

    /** One entry per item, with status 200 if all succeeded and 207 otherwise. */
    public static Reply entries(List<?> entries, long failed) {
        return of(failed == 0 ? 200 : 207, entries, failed);
    }

    private static Reply of(int status, Object value, long failed) {
        return JsonReply.of(JSON, status, value).with("X-Failed", String.valueOf(failed));
    }
}
