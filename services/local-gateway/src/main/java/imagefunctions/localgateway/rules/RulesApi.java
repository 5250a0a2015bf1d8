package imagefunctions.localgateway.rules;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import imagefunctions.asynccalls.Header;
import imagefunctions.functions.processimages.rules.Route;
import imagefunctions.functions.processimages.rules.Rule;
import imagefunctions.functions.processimages.rules.Rules;
import imagefunctions.functions.processimages.rules.Target;
import imagefunctions.localgateway.async.AsyncRefusal;
import imagefunctions.localgateway.backends.Catalogue;
import imagefunctions.runtime.JsonBody;
import imagefunctions.runtime.JsonReply;
import imagefunctions.runtime.Problem;
import imagefunctions.runtime.http.Answers;
import imagefunctions.runtime.http.BodyReader;
import imagefunctions.traces.TraceContext;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** {@code /system/rules}: the rules, and firing one by hand. */
@Singleton
final class RulesApi {
    private static final String RULES = "/system/rules";
    private static final String RULE = RULES + "/:name";

    /** What a rule for pictures says itself. */
    private static final Set<String> FIXED = Set.of("rule", "function", Target.WORKFLOW, "detail");

    /** The headers of a firing that are those of the call that it makes. */
    private static final List<String> OF_THE_CALL =
            List.of("X-Callback-Url", "X-Max-Retries", "X-Expires", TraceContext.PARENT, TraceContext.STATE);

    private final Vertx vertx;
    private final Rules rules;
    private final RuleFiring firing;
    private final Catalogue catalogue;
    private final Answers answers;
    private final BodyReader bodies;
    private final ObjectMapper json;

    RulesApi(
            Vertx vertx,
            Rules rules,
            RuleFiring firing,
            Catalogue catalogue,
            Answers answers,
            BodyReader bodies,
            ObjectMapper json) {
        this.vertx = vertx;
        this.rules = rules;
        this.firing = firing;
        this.catalogue = catalogue;
        this.answers = answers;
        this.bodies = bodies;
        this.json = json;
    }

    void routes(@Observes Router router) {
        router.get(RULES).handler(this::list);
        router.post(RULE).handler(this::fire);
        router.route(RULES).handler(context -> notAllowed(context, "GET"));
        router.route(RULE).handler(context -> notAllowed(context, "POST"));
    }

    private void notAllowed(RoutingContext context, String allowed) {
        bodies.refuse(
                context,
                new Problem.MethodNotAllowed(
                        context.request().method().name(),
                        allowed,
                        "GET /system/rules lists the rules, POST /system/rules/NAME fires one"));
    }

    /** A rule as it is listed; members that do not apply are omitted. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Listed(
            String name,
            String bucket,
            List<String> prefixes,
            List<String> suffixes,
            List<String> types,
            String function,
            Map<String, Object> parameters,
            String to,
            String key,
            String schedule) {

        static Listed of(Rule rule) {
            return new Listed(
                    rule.name(),
                    rule.route().map(route -> route.from().bucket()).orElse(""),
                    texts(rule.route().stream().flatMap(route -> route.from().prefixes().stream())),
                    texts(rule.route().stream().flatMap(route -> route.from().suffixes().stream())),
                    texts(rule.route().stream().flatMap(route -> route.from().types().stream())),
                    rule.target().function(),
                    rule.target().parameters(),
                    rule.route().map(route -> route.to()).orElse(""),
                    rule.route().map(route -> route.key().text()).orElse(""),
                    rule.schedule().map(schedule -> schedule.text()).orElse(""));
        }

        private static List<String> texts(Stream<String> texts) {
            return texts.filter(text -> !text.isEmpty()).toList();
        }
    }

    private void list(RoutingContext context) {
        answers.identify(context);
        answers.send(
                context,
                JsonReply.of(json, 200, rules.all().stream().map(Listed::of).toList()));
    }

    private void fire(RoutingContext context) {
        Optional<Rule> rule = rules.named(context.pathParam("name"));
        if (rule.isEmpty()) {
            bodies.refuse(
                    context,
                    new Problem.NotFound("There is no rule \"" + context.pathParam("name") + "\"; there are: "
                            + String.join(", ", rules.names()) + "."));
            return;
        }
        Optional<Problem> refusal = catalogue.refusal(rule.get().target().function());
        if (refusal.isPresent()) {
            bodies.refuse(context, refusal.get());
            return;
        }
        if (!context.queryParams().isEmpty()) {
            bodies.refuse(context, shape());
            return;
        }
        String id = answers.identify(context);
        List<Header> headers = OF_THE_CALL.stream()
                .filter(context.request().headers()::contains)
                .map(name -> new Header(name, context.request().getHeader(name)))
                .toList();
        bodies.read(context)
                .compose(body -> vertx.executeBlocking(
                        () -> {
                            firing.fire(rule.get(), id, parameters(rule.get(), body), headers);
                            return JsonReply.of(json, 202, Map.of("callId", id));
                        },
                        false))
                .onSuccess(reply -> answers.send(context, reply))
                .onFailure(failure -> answers.fail(context, "rules", AsyncRefusal.of(failure)));
    }

    private Map<String, Object> parameters(Rule rule, byte[] body) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> member : object(body).properties()) {
            if (rule.route().isPresent() && !isParameter(rule.route().get(), member.getKey(), member.getValue())) {
                throw new Problem.BadRequest("\"" + member.getKey() + "\" is no parameter of the rule \"" + rule.name()
                                + "\": give texts, numbers, true or false for its function, and as \"" + RuleFiring.KEY
                                + "\" one picture of its bucket.")
                        .asException();
            }
            if (rule.target().parameters().containsKey(Target.WORKFLOW)
                    && member.getKey().equals(Target.WORKFLOW)) {
                throw new Problem.BadRequest("The rule \"" + rule.name() + "\" names its workflow itself.")
                        .asException();
            }
            parameters.put(
                    member.getKey(),
                    member.getValue().isTextual() ? member.getValue().asText() : member.getValue());
        }
        return parameters;
    }

    private static boolean isParameter(Route route, String name, JsonNode value) {
        return name.equals(RuleFiring.KEY)
                ? value.isTextual() && !value.asText().isEmpty() && route.from().takes(value.asText())
                : !FIXED.contains(name) && value.isValueNode() && !value.isNull();
    }

    private JsonNode object(byte[] body) {
        try {
            JsonNode message = body.length == 0 ? json.createObjectNode() : JsonBody.read(body);
            if (message.isObject()) {
                return message;
            }
        } catch (IOException noJson) {
            // The same as another kind of JSON.
        }
        throw shape().asException();
    }

    private static Problem shape() {
        return new Problem.BadRequest(
                "Send a JSON object of parameters as the body, such as {\"width\": 320}, or nothing.");
    }
}
