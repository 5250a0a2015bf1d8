package imagefunctions.localgateway.async;

import imagefunctions.asynccalls.Body;
import imagefunctions.asynccalls.Call;
import imagefunctions.asynccalls.delivery.FunctionAnswer;
import imagefunctions.asynccalls.delivery.FunctionCaller;
import imagefunctions.localgateway.backends.Backends;
import imagefunctions.localgateway.backends.Destination;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Optional;

/** Calls functions where they run. */
@Singleton
final class CallerAnywhere implements FunctionCaller {
    private final Backends backends;
    private final InProcessCaller here;
    private final RemoteCaller elsewhere;

    CallerAnywhere(Backends backends, InProcessCaller here, RemoteCaller elsewhere) {
        this.backends = backends;
        this.here = here;
        this.elsewhere = elsewhere;
    }

    @Override
    public FunctionAnswer call(Call call, Body body) throws IOException, InterruptedException {
        Optional<Destination> to = backends.of(call.function());
        return to.isPresent() ? elsewhere.call(call, body, to.get()) : here.call(call, body);
    }
}
