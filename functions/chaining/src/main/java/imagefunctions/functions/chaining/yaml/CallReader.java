package imagefunctions.functions.chaining.yaml;

import imagefunctions.functions.chaining.workflow.FunctionCall;
import imagefunctions.functions.chaining.workflow.Retry;
import imagefunctions.functions.chaining.workflow.Template;
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

/** Reads a call of a function: its name, and what else the step says about the request. */
final class CallReader {
    static final List<String> KEYS = List.of("function", "method", "query", "headers", "timeout", "retry");

    private static final Set<String> METHODS = Set.of("POST", "PUT", "PATCH", "GET", "DELETE");
    /** Headers that every call carries anyway, and those that are not the caller's to set. */
    private static final Set<String> OURS = Set.of("x-call-id", "traceparent", "tracestate", "x-workflow-hops");

    private final Duration timeout;
    private final Retry retry;

    /** A reader with the defaults of the workflow. */
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
            throw new IllegalStateException("only a step with a function is read as a call");
        }
        return new FunctionCall(
                function.read(Scalars::function),
                method == null ? "POST" : method.read(CallReader::method),
                templates(step.get("query"), variables),
                headers(step.get("headers"), variables),
                time == null ? timeout : time.read(Scalars::duration),
                again == null ? retry : retry(again));
    }

    /** A call that stands alone: just a function's name, or a mapping. */
    FunctionCall readAlone(String what, YamlNode entry) {
        if (entry.isText()) {
            return new FunctionCall(entry.read(Scalars::function), "POST", Map.of(), Map.of(), timeout, retry);
        }
        Map<String, YamlNode> call = entry.mapping(what, KEYS);
        if (!call.containsKey("function")) {
            throw entry.wrong(what + " needs a function");
        }
        return read(call, Set.of());
    }

    /** The number of repetitions, or a mapping of number and first pause. */
    static Retry retry(YamlNode entry) {
        if (entry.isText()) {
            return new Retry(times(entry), Retry.DEFAULT.delay());
        }
        Map<String, YamlNode> retry = entry.mapping("retry", List.of("times", "delay"));
        YamlNode times = retry.get("times");
        YamlNode delay = retry.get("delay");
        return new Retry(
                times == null ? Retry.DEFAULT.times() : times(times),
                delay == null ? Retry.DEFAULT.delay() : delay.read(Scalars::duration));
    }

    private static int times(YamlNode entry) {
        return entry.read(text -> Scalars.number(text, 0, Retry.MOST));
    }

    private static String method(String text) {
        String method = text.toUpperCase(Locale.ROOT);
        if (!METHODS.contains(method)) {
            throw new IllegalArgumentException("write one of " + String.join(", ", METHODS));
        }
        return method;
    }

    private static Map<String, Template> headers(@Nullable YamlNode entry, Collection<String> variables) {
        if (entry != null) {
            entry.mapping().forEach(CallReader::checkHeader);
        }
        return templates(entry, variables);
    }

    private static void checkHeader(String name, YamlNode value) {
        if (OURS.contains(name.toLowerCase(Locale.ROOT))) {
            throw value.wrong("the header " + name + " is passed on from the workflow's own request");
        }
        try {
            HttpRequest.newBuilder(URI.create("http://localhost")).header(name, value.text());
        } catch (IllegalArgumentException e) {
            throw value.wrong("the header " + name + " cannot be sent: " + e.getMessage());
        }
    }

    private static Map<String, Template> templates(@Nullable YamlNode entry, Collection<String> variables) {
        Map<String, Template> templates = new LinkedHashMap<>();
        if (entry != null) {
            entry.mapping().forEach((name, value) -> templates.put(name, template(value, variables)));
        }
        return templates;
    }

    private static Template template(YamlNode entry, Collection<String> variables) {
        Template template = new Template(entry.text());
        for (String name : template.names()) {
            if (!variables.contains(name)) {
                throw entry.wrong("\"${" + name + "}\" is not known here: "
                        + (variables.isEmpty()
                                ? "only the steps of a foreach have such a name"
                                : "there is " + String.join(", ", variables)));
            }
        }
        return template;
    }
}
