package imagefunctions.functions.chaining.run;

import imagefunctions.functions.chaining.workflow.IfFailed;
import imagefunctions.functions.chaining.workflow.Step;
import imagefunctions.functions.chaining.workflow.Template;
import imagefunctions.gatewayclient.Gateways;
import imagefunctions.runtime.Call;
import imagefunctions.workflowruns.FallbackIndex;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The position of a step in a run, and what is in scope there.
 *
 * @param index the numbers of the enclosing steps and its own, from 0: {@code 2.0}
 * @param path their names: {@code sizes[100]/thumbnail}
 * @param request the request that began the run
 * @param values the current values of the enclosing foreach steps, by variable name
 * @param answers what earlier steps answered for a {@code when}, by step
 * @param lists the lists that earlier steps returned for a foreach, by step
 * @param optional whether the run goes on if this step fails: its {@code if_failed} says so, or that of one around it
 */
record StepContext(
        String index,
        String path,
        Call request,
        Map<String, String> values,
        Map<String, String> answers,
        Map<String, List<String>> lists,
        Gateways gateways,
        Deadline deadline,
        boolean optional) {
    static StepContext start(Call request, Gateways gateways, Deadline deadline) {
        return new StepContext("", "", request, Map.of(), Map.of(), Map.of(), gateways, deadline, false);
    }

    private StepContext at(String otherIndex, String otherPath) {
        return new StepContext(otherIndex, otherPath, request, values, answers, lists, gateways, deadline, optional);
    }

    /** The step of this number and name inside this one. */
    StepContext child(int number, String name) {
        return at(index.isEmpty() ? "" + number : index + "." + number, path.isEmpty() ? name : path + "/" + name);
    }

    /** The step of this number inside this one; one that covers several steps has a range of numbers: {@code 0-2}. */
    StepContext child(int number, Step step) {
        StepContext child = child(number, step.name());
        return step.span() == 1 ? child : at(child.index() + "-" + (number + step.span() - 1), child.path());
    }

    /** One of the steps that this one covers. */
    StepContext sibling(String name) {
        return at(index, path.substring(0, path.lastIndexOf('/') + 1) + name);
    }

    /** One iteration of this foreach step. */
    StepContext iteration(int number, String as, String value) {
        String label = value.replaceAll("[^A-Za-z0-9._-]", "_");
        StepContext inside =
                at(index + "." + number, path + "[" + label.substring(0, Math.min(32, label.length())) + "]");
        return new StepContext(
                inside.index(),
                inside.path(),
                request,
                with(values, as, value),
                answers,
                lists,
                gateways,
                deadline,
                optional);
    }

    StepContext withList(String step, List<String> list) {
        return new StepContext(
                index, path, request, values, answers, with(lists, step, list), gateways, deadline, optional);
    }

    StepContext withAnswer(String step, String answer) {
        return new StepContext(
                index, path, request, values, with(answers, step, answer), lists, gateways, deadline, optional);
    }

    /** The call that supplies the answer of this step, which has failed. */
    StepContext fallback(String function) {
        return at(FallbackIndex.of(index), path + "/" + function);
    }

    /** The list that an earlier step returned. */
    List<String> list(String step) {
        List<String> list = lists.get(step);
        if (list == null) {
            throw new IllegalStateException("a valid workflow's foreach names earlier steps only, not " + step);
        }
        return list;
    }

    /** What a variable stands for: {@code size} of a foreach, or {@code query.width} and {@code header.X-Tone} of the request. */
    Optional<String> value(String name) {
        if (name.startsWith(Template.QUERY)) {
            return request.query().getOrDefault(name.substring(Template.QUERY.length()), List.of()).stream()
                    .findFirst();
        }
        if (name.startsWith(Template.HEADER)) {
            return request.header(name.substring(Template.HEADER.length()));
        }
        return Optional.ofNullable(values.get(name));
    }

    /** The same context with another deadline. */
    StepContext withDeadline(Deadline other) {
        return new StepContext(index, path, request, values, answers, lists, gateways, other, optional);
    }

    /** The same step, if this is what happens when it fails. */
    StepContext with(IfFailed ifFailed) {
        return ifFailed.equals(IfFailed.FAIL) ? this : asOptional();
    }

    /** The same step, without which the run goes on. */
    StepContext asOptional() {
        return new StepContext(index, path, request, values, answers, lists, gateways, deadline, true);
    }

    /** The start of an included workflow, which sees no variables of the enclosing one. */
    StepContext included(Gateways itsGateways, Deadline itsDeadline) {
        return new StepContext(index, path, request, Map.of(), Map.of(), Map.of(), itsGateways, itsDeadline, optional);
    }

    /** The last name of the path. */
    String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static <T> Map<String, T> with(Map<String, T> map, String key, T value) {
        Map<String, T> extended = new HashMap<>(map);
        extended.put(key, value);
        return extended;
    }
}
