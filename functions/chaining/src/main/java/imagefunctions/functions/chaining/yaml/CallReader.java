package imagefunctions.functions.chaining.yaml;

import imagefunctions.functions.chaining.workflow.FunctionCall;
import imagefunctions.functions.chaining.workflow.Retry;
import imagefunctions.functions.chaining.workflow.Template;
import imagefunctions.yaml.YamlNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a function call: the function's name and the other keys about the request. */
final class CallReader {
    static final List<String> KEYS = List.of("function", "method", "query", "headers", "timeout", "retry");

    private static final Set<String> METHODS = Set.of("POST", "PUT", "PATCH", "GET", "DELETE");
    /** Headers that chaining sets itself on every call. */
    private static final Set<String> RESERVED =
            Set.of("x-call-id", "traceparent", "tracestate", "x-workflow-hops", "x-workflow-run", "x-workflow-step");

    private final Duration timeout;
    private final Retry retry;

    /** A reader with the workflow's defaults. */
    CallReader(Duration timeout, Retry retry) {
        this.timeout = timeout;
        this.retry = retry;
    }

    FunctionCall read(Map<String, YamlNode> step, Collection<String> variables) {
        YamlNode method = step.get("method");
        YamlNode time = step.get("timeout");
        YamlNode again = step.get("retry");
        YamlNode function = step.get("function");
        if (function == null) {
            throw new IllegalStateException("only a step with a function is a call");
        }
        return new FunctionCall(
                function.parse(Scalars::function),
                method == null ? "POST" : method.parse(CallReader::method),
                templates(step.get("query"), variables),
                headers(step.get("headers"), variables),
                time == null ? timeout : time.parse(Scalars::duration),
                again == null ? retry : retry(again));
    }

    /** A call outside a step: just a function's name, or a mapping. */
    FunctionCall readStandalone(String what, YamlNode node) {
        return readStandalone(what, node, Set.of());
    }

    /** The same where steps have these variables. */
    FunctionCall readStandalone(String what, YamlNode node, Collection<String> variables) {
        if (node.isText()) {
            return new FunctionCall(node.parse(Scalars::function), "POST", Map.of(), Map.of(), timeout, retry);
        }
        Map<String, YamlNode> call = node.mapping(what, KEYS);
        if (!call.containsKey("function")) {
            throw node.error(what + " needs a function");
        }
        return read(call, variables);
    }

    /** The number of retries, or a mapping with that number and the first delay. */
    static Retry retry(YamlNode node) {
        if (node.isText()) {
            return new Retry(times(node), Retry.DEFAULT.delay());
        }
        Map<String, YamlNode> retry = node.mapping("retry", List.of("times", "delay"));
        YamlNode times = retry.get("times");
        YamlNode delay = retry.get("delay");
        return new Retry(
                times == null ? Retry.DEFAULT.times() : times(times),
                delay == null ? Retry.DEFAULT.delay() : delay.parse(Scalars::duration));
    }

    private static int times(YamlNode node) {
        return node.parse(text -> Scalars.number(text, 0, Retry.MOST));
    }

    private static String method(String text) {
        String method = text.toUpperCase(Locale.ROOT);
        if (!METHODS.contains(method)) {
            throw new IllegalArgumentException("write one of " + String.join(", ", METHODS));
        }
        return method;
    }

    private static Map<String, Template> headers(@Nullable YamlNode node, Collection<String> variables) {
        if (node != null) {
            node.mapping().forEach(CallReader::checkHeader);
        }
        return templates(node, variables);
    }

    private static void checkHeader(String name, YamlNode value) {
        if (RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
            throw value.error("the header " + name + " cannot be set: chaining sets it on every call");
        }
        try {
            HttpRequest.newBuilder(URI.create("http://localhost")).header(name, value.text());
        } catch (IllegalArgumentException e) {
            throw value.error("the header " + name + " cannot be sent: " + e.getMessage());
        }
    }

    private static Map<String, Template> templates(@Nullable YamlNode node, Collection<String> variables) {
        Map<String, Template> templates = new LinkedHashMap<>();
        if (node != null) {
            node.mapping().forEach((name, value) -> templates.put(name, template(value, variables)));
        }
        return templates;
    }

    private static Template template(YamlNode node, Collection<String> variables) {
        Template template = new Template(node.text());
        for (Template.Variable variable : template.variables()) {
            check(node, variable, variables);
        }
        return template;
    }

    /** A variable of an enclosing foreach, or of the request. */
    private static void check(YamlNode node, Template.Variable variable, Collection<String> variables) {
        if (variable.name().matches("query\\..+|header\\.[!#$%&'*+.^_`|~0-9A-Za-z-]+")) {
            return;
        }
        if (!variables.contains(variable.name())) {
            throw node.error("\"${" + variable.name() + "}\" is not defined here: "
                    + (variables.isEmpty()
                            ? "only steps within a foreach have a variable"
                            : "the variables are " + String.join(", ", variables))
                    + "; ${query.NAME} and ${header.NAME} stand for what the request says");
        }
        if (variable.hasDefault()) {
            throw node.error("\"${" + variable.name() + "}\" needs no default: a foreach always gives it a value");
        }
    }
}
