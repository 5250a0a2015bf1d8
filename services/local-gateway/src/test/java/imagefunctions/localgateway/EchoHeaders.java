package imagefunctions.localgateway;

import imagefunctions.runtime.Call;
import io.quarkus.funqy.Funq;
import java.util.List;
import java.util.Map;

/** A function that answers with the headers of its request. */
public final class EchoHeaders {
    @Funq
    public Map<String, List<String>> headers(Call call) {
        return call.headers().map();
    }
}
