package imagefunctions.localgateway.rules;

import com.fasterxml.jackson.databind.ObjectMapper;
import imagefunctions.asynccalls.Call;
import imagefunctions.asynccalls.Header;
import imagefunctions.functions.processimages.ProcessImages;
import imagefunctions.functions.processimages.WebhookToken;
import imagefunctions.functions.processimages.rules.Rule;
import imagefunctions.functions.processimages.rules.Target;
import imagefunctions.localgateway.async.AsyncSubmission;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Makes an asynchronous call of a rule: of its function, or for pictures of processimages, which goes by the rule. */
@Singleton
final class RuleFiring {
    /** The parameter that names one picture of the rule's bucket. */
    static final String KEY = "key";

    private final AsyncSubmission calls;
    private final WebhookToken token;
    private final ObjectMapper json;

    RuleFiring(AsyncSubmission calls, WebhookToken token, ObjectMapper json) {
        this.calls = calls;
        this.token = token;
        this.json = json;
    }

    /**
     * Returns when the call survives a power cut.
     *
     * @param id of the call
     * @param parameters instead of the rule's own of the same names
     */
    void fire(Rule rule, String id, Map<String, Object> parameters, List<Header> headers) throws IOException {
        if (rule.route().isPresent()) {
            Map<String, Object> query = new LinkedHashMap<>(Map.of("rule", rule.name()));
            query.putAll(parameters);
            Object key = query.remove(KEY);
            Object body = key == null ? Map.of("reconcile", true) : List.of(key);
            submit(id, new Target(ProcessImages.NAME, query), headers, body);
        } else {
            Target target = rule.target().with(parameters);
            Predicate<String> inUrl = name -> target.function().equals(Target.CHAINING) && name.equals(Target.WORKFLOW);
            submit(
                    id,
                    target.keeping(inUrl),
                    headers,
                    target.keeping(inUrl.negate()).parameters());
        }
    }

    private void submit(String id, Target target, List<Header> headers, Object body) throws IOException {
        List<Header> all = new ArrayList<>(headers);
        all.add(new Header("Content-Type", "application/json"));
        if (target.function().equals(ProcessImages.NAME)) {
            token.authorization().ifPresent(shown -> all.add(new Header("Authorization", shown)));
        }
        Call call = new Call(id, target.function(), "", target.query(), all, Instant.now());
        calls.submit(call, json.writeValueAsBytes(body));
    }
}
