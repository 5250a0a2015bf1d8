package imagefunctions.localgateway.backends;

import imagefunctions.runtime.FunctionPath;
import imagefunctions.runtime.Problem;
import imagefunctions.runtime.Reply;
import imagefunctions.runtime.funqy.Functions;
import imagefunctions.runtime.funqy.Load;
import imagefunctions.runtime.http.Answers;
import imagefunctions.runtime.http.BodyReader;
import imagefunctions.runtime.http.Drain;
import imagefunctions.runtime.http.HeldBytes;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** {@code GET /system/load/NAME}: how busy this process is with calls of the function's kind, for its peers. */
@Singleton
final class LoadApi {
    static final String PATH = "/system/load/";

    private final Functions functions;
    private final Backends backends;
    private final Drain drain;
    private final HeldBytes held;
    private final Answers answers;
    private final BodyReader bodies;

    LoadApi(Functions functions, Backends backends, Drain drain, HeldBytes held, Answers answers, BodyReader bodies) {
        this.functions = functions;
        this.backends = backends;
        this.drain = drain;
        this.held = held;
        this.answers = answers;
        this.bodies = bodies;
    }

    void route(@Observes Router router) {
        router.get(PATH + ":name").handler(this::answer);
    }

    private void answer(RoutingContext context) {
        String name = FunctionPath.of(context.pathParam("name")).name();
        if (backends.of(name).isPresent() || !functions.names().contains(name)) {
            bodies.refuse(context, new Problem.NotFound("No function \"" + name + "\" runs in this process."));
            return;
        }
        Load load = functions.load(name);
        byte[] json = new JsonObject()
                .put("inFlight", load.inFlight())
                .put("threads", load.threads())
                .put("free", drain.draining() ? 0 : load.free())
                .put("memory", held.room())
                .toBuffer()
                .getBytes();
        answers.identify(context);
        answers.send(context, Reply.of("application/json", json));
    }
}
