package imagefunctions.functions.chaining.run;

import imagefunctions.functions.chaining.workflow.Step;
import imagefunctions.gatewayclient.Gateways;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The position of a step in a run, and what is in scope there.
 *
 * @param index the numbers of the enclosing steps and its own, from 0: {@code 2.0}
 * @param path their names: {@code sizes[100]/thumbnail}
 * @param values the current values of the enclosing foreach steps, by variable name
 * @param lists the lists that earlier steps returned for a foreach, by step
 */
record StepContext(
        String index,
        String path,
        Map<String, String> values,
        Map<String, List<String>> lists,
        Gateways gateways,
        Deadline deadline) {

    static StepContext start(Gateways gateways, Deadline deadline) {
        return new StepContext("", "", Map.of(), Map.of(), gateways, deadline);
    }

    /** The step of this number and name inside this one. */
    StepContext child(int number, String name) {
        return new StepContext(
                index.isEmpty() ? "" + number : index + "." + number,
                path.isEmpty() ? name : path + "/" + name,
                values,
                lists,
                gateways,
                deadline);
    }

    /** The step of this number inside this one; one that covers several steps has a range of numbers: {@code 0-2}. */
    StepContext child(int number, Step step) {
        StepContext child = child(number, step.name());
        return step.span() == 1
                ? child
                : new StepContext(
                        child.index() + "-" + (number + step.span() - 1),
                        child.path(),
                        values,
                        lists,
                        gateways,
                        deadline);
    }

    /** One of the steps that this one covers. */
    StepContext sibling(String name) {
        return new StepContext(
                index, path.substring(0, path.lastIndexOf('/') + 1) + name, values, lists, gateways, deadline);
    }

    /** One iteration of this foreach step. */
    StepContext iteration(int number, String as, String value) {
        String label = value.replaceAll("[^A-Za-z0-9._-]", "_");
        return new StepContext(
                index + "." + number,
                path + "[" + label.substring(0, Math.min(32, label.length())) + "]",
                with(values, as, value),
                lists,
                gateways,
                deadline);
    }

    /** The value of this iteration, as shown in the path. */
    String label() {
        return path.substring(path.lastIndexOf('[') + 1, path.length() - 1);
    }

    StepContext withList(String step, List<String> list) {
        return new StepContext(index, path, values, with(lists, step, list), gateways, deadline);
    }

    /** The list that an earlier step returned. */
    List<String> list(String step) {
        List<String> list = lists.get(step);
        if (list == null) {
            throw new IllegalStateException("a valid workflow's foreach names earlier steps only, not " + step);
        }
        return list;
    }

    /** The same context with another deadline. */
    StepContext withDeadline(Deadline other) {
        return new StepContext(index, path, values, lists, gateways, other);
    }

    /** The start of an included workflow, which sees no variables of the enclosing one. */
    StepContext included(Gateways itsGateways, Deadline itsDeadline) {
        return new StepContext(index, path, Map.of(), Map.of(), itsGateways, itsDeadline);
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
