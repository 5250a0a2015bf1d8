package imagefunctions.functions.chaining.run;

import imagefunctions.functions.chaining.workflow.Step;
import imagefunctions.gatewayclient.Gateways;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where in a workflow a run is, and what is known there.
 *
 * @param index numbers of the steps on the way, from 0, {@code 2.0}
 * @param path their names, {@code sizes[100]/thumbnail}
 * @param values what the foreach around it goes through at the moment, by name
 * @param lists what earlier steps answered for a foreach, by step
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
    StepContext inner(int number, String name) {
        return new StepContext(
                index.isEmpty() ? "" + number : index + "." + number,
                path.isEmpty() ? name : path + "/" + name,
                values,
                lists,
                gateways,
                deadline);
    }

    /** The step of this number inside this one; one that stands for several has all their numbers, {@code 0-2}. */
    StepContext inner(int number, Step step) {
        StepContext inner = inner(number, step.name());
        return step.width() == 1
                ? inner
                : new StepContext(
                        inner.index() + "-" + (number + step.width() - 1),
                        inner.path(),
                        values,
                        lists,
                        gateways,
                        deadline);
    }

    /** The place of one of the steps for which this one stands. */
    StepContext beside(String name) {
        return new StepContext(
                index, path.substring(0, path.lastIndexOf('/') + 1) + name, values, lists, gateways, deadline);
    }

    /** This step's run with one value of its foreach. */
    StepContext with(int number, String as, String value) {
        String label = value.replaceAll("[^A-Za-z0-9._-]", "_");
        return new StepContext(
                index + "." + number,
                path + "[" + label.substring(0, Math.min(32, label.length())) + "]",
                plus(values, as, value),
                lists,
                gateways,
                deadline);
    }

    /** The value that this is the run of, as it stands in the path. */
    String label() {
        return path.substring(path.lastIndexOf('[') + 1, path.length() - 1);
    }

    StepContext knowing(String step, List<String> list) {
        return new StepContext(index, path, values, plus(lists, step, list), gateways, deadline);
    }

    /** What an earlier step answered. */
    List<String> list(String step) {
        List<String> list = lists.get(step);
        if (list == null) {
            throw new IllegalStateException("the file's check lets foreach name earlier steps only, not " + step);
        }
        return list;
    }

    /** The same place with another time. */
    StepContext until(Deadline other) {
        return new StepContext(index, path, values, lists, gateways, other);
    }

    /** The start of an included workflow, which knows nothing of what is around it. */
    StepContext into(Gateways itsGateways, Deadline itsDeadline) {
        return new StepContext(index, path, Map.of(), Map.of(), itsGateways, itsDeadline);
    }

    /** The last name on the way. */
    String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static <T> Map<String, T> plus(Map<String, T> map, String key, T value) {
        Map<String, T> more = new HashMap<>(map);
        more.put(key, value);
        return more;
    }
}
