package imagefunctions.functions.chaining.graph;

import imagefunctions.functions.chaining.graph.Graph.Edge;
import imagefunctions.functions.chaining.graph.Graph.Group;
import imagefunctions.functions.chaining.graph.Graph.Node;
import imagefunctions.functions.chaining.graph.Graph.Part;
import imagefunctions.functions.chaining.graph.Graph.Shape;
import imagefunctions.functions.chaining.workflow.Aggregate;
import imagefunctions.functions.chaining.workflow.Condition;
import imagefunctions.functions.chaining.workflow.FunctionCall;
import imagefunctions.functions.chaining.workflow.IfFailed;
import imagefunctions.functions.chaining.workflow.Step;
import imagefunctions.functions.chaining.workflow.Values;
import imagefunctions.functions.chaining.workflow.Workflow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Turns a workflow into a graph, from its first step to its last; open edges await the next node. */
final class Drawing {
    /** An edge whose target is not yet known. */
    private record OpenEdge(String from, String label) {}

    private final List<Edge> edges = new ArrayList<>();
    private final Map<String, String> listings = new HashMap<>();
    private List<Part> parts = new ArrayList<>();
    private int count;

    Graph of(Workflow workflow) {
        Node body = add(Shape.BODY, "request");
        List<OpenEdge> ends = steps(workflow.steps(), "", List.of(new OpenEdge(body.id(), "")));
        Node answer = add(Shape.BODY, "answer");
        connect(ends, answer);
        finalHooks(workflow, "");
        return new Graph(workflow.title(), parts, edges);
    }

    /** @param within the numbers of the enclosing steps, each with a dot behind it */
    private List<OpenEdge> steps(List<? extends Step> steps, String within, List<OpenEdge> before) {
        List<OpenEdge> ends = before;
        int number = 0;
        for (Step step : steps) {
            ends = step(step, within + number + (step.span() == 1 ? "" : "-" + (number + step.span() - 1)), ends);
            number += step.span();
        }
        return ends;
    }

    private List<OpenEdge> step(Step step, String index, List<OpenEdge> before) {
        if (step.head().when().equals(Condition.always())) {
            return nodes(step, index, before);
        }
        Node condition = add(Shape.CONDITION, step.head().when().description() + "?");
        connect(before, condition);
        List<OpenEdge> ends = new ArrayList<>(nodes(step, index, List.of(new OpenEdge(condition.id(), "yes"))));
        ends.add(new OpenEdge(condition.id(), "no"));
        return ends;
    }

    private List<OpenEdge> nodes(Step step, String index, List<OpenEdge> before) {
        return switch (step) {
            case Step.Function function -> append(function(step, function.call(), index), before);
            case Step.ListCall listing -> {
                Node node = function(step, listing.call(), index);
                connect(before, node);
                listings.put(step.name(), node.id());
                yield before;
            }
            case Step.AnswerCall asked -> {
                connect(before, function(step, asked.call(), index));
                yield before;
            }
            case Step.OnePass pass -> grouped("one pass", () -> pass(pass, index, before));
            case Step.Sequence sequence -> grouped(title(step), () -> steps(sequence.steps(), index + ".", before));
            case Step.Parallel parallel -> parallel(parallel, index, before);
            case Step.Foreach foreach -> foreach(foreach, index, before);
            case Step.Included included ->
                grouped(title(step) + ": workflow " + included.workflow().name(), () -> {
                    List<OpenEdge> ends = steps(included.workflow().steps(), index + ".", before);
                    finalHooks(included.workflow(), index + ".");
                    return ends;
                });
        };
    }

    /** Only after its last operation is there a picture. */
    private List<OpenEdge> pass(Step.OnePass pass, String index, List<OpenEdge> before) {
        List<OpenEdge> ends = before;
        for (Step.Function operation : pass.operations()) {
            boolean last = operation.equals(pass.operations().getLast());
            ends = step(operation, last ? index : "", ends);
        }
        return ends;
    }

    private List<OpenEdge> parallel(Step.Parallel parallel, String index, List<OpenEdge> before) {
        Node fork = add(Shape.BRANCHES, title(parallel), "in parallel");
        connect(before, fork);
        List<OpenEdge> ends = new ArrayList<>();
        int number = 0;
        for (Step branch : parallel.branches()) {
            ends.addAll(step(branch, index + "." + number++, List.of(new OpenEdge(fork.id(), ""))));
        }
        return append(aggregate(parallel.aggregate(), index + "." + number), ends);
    }

    private List<OpenEdge> foreach(Step.Foreach foreach, String index, List<OpenEdge> before) {
        return grouped(title(foreach), () -> {
            Node fork = add(
                    Shape.BRANCHES,
                    "for each " + foreach.as() + " of " + values(foreach.values()),
                    "at most " + foreach.maxParallel() + " at a time");
            connect(before, fork);
            if (foreach.values() instanceof Values.FromStep(String step)) {
                edges.add(new Edge(listings.getOrDefault(step, ""), fork.id(), "list", true));
            }
            return append(
                    aggregate(foreach.aggregate(), index + ".*"),
                    steps(foreach.steps(), index + ".*.", List.of(new OpenEdge(fork.id(), ""))));
        });
    }

    private void finalHooks(Workflow workflow, String within) {
        workflow.onFailure().ifPresent(call -> {
            Node failure = add(Shape.BODY, "a step fails");
            edges.add(new Edge(
                    failure.id(),
                    call(call, within + workflow.onFailureNumber()).id(),
                    "on_failure",
                    true));
        });
        workflow.onCompletion().ifPresent(call -> {
            Node over = add(Shape.BODY, "in either case");
            edges.add(new Edge(
                    over.id(),
                    call(call, within + workflow.onCompletionNumber()).id(),
                    "finally",
                    true));
        });
    }

    private Node function(Step step, FunctionCall call, String index) {
        return add(
                Shape.FUNCTION,
                index,
                Stream.of(Stream.of(title(step)), functionName(step, call), parameters(call))
                        .flatMap(lines -> lines)
                        .toArray(String[]::new));
    }

    private Node call(FunctionCall call, String index) {
        return add(
                Shape.FUNCTION,
                index,
                Stream.concat(Stream.of(call.function()), parameters(call)).toArray(String[]::new));
    }

    private static Stream<String> functionName(Step step, FunctionCall call) {
        return step.name().equals(call.function()) ? Stream.empty() : Stream.of("function " + call.function());
    }

    private static Stream<String> parameters(FunctionCall call) {
        return call.query().entrySet().stream()
                .map(parameter ->
                        parameter.getKey() + "=" + parameter.getValue().text());
    }

    private Node aggregate(Aggregate aggregate, String index) {
        return switch (aggregate) {
            case Aggregate.ByFunction(var call) -> call(call, index);
            default -> add(Shape.BRANCHES, aggregate.label());
        };
    }

    private static String values(Values values) {
        return switch (values) {
            case Values.Literals(var listed) -> String.join(", ", listed);
            case Values.ZipEntries z -> "the files of the zip";
            case Values.FromStep(String step) -> "what " + step + " answers";
        };
    }

    private static String title(Step step) {
        return switch (step.head().ifFailed()) {
            case IfFailed.Fail f -> step.name();
            case IfFailed.Continue c -> step.name() + " (may fail)";
            case IfFailed.Use(FunctionCall call) -> step.name() + " (or " + call.function() + ")";
        };
    }

    private List<OpenEdge> append(Node node, List<OpenEdge> before) {
        connect(before, node);
        return List.of(new OpenEdge(node.id(), ""));
    }

    private void connect(List<OpenEdge> ends, Node node) {
        ends.forEach(end -> edges.add(new Edge(end.from(), node.id(), end.label(), false)));
    }

    private List<OpenEdge> grouped(String title, Supplier<List<OpenEdge>> inside) {
        List<Part> outer = parts;
        parts = new ArrayList<>();
        List<OpenEdge> ends = inside.get();
        outer.add(new Group("g" + count++, title, parts));
        parts = outer;
        return ends;
    }

    private Node add(Shape shape, String... lines) {
        return add(shape, "", lines);
    }

    private Node add(Shape shape, String index, String[] lines) {
        Node node = new Node("n" + count++, shape, List.of(lines), index);
        parts.add(node);
        return node;
    }
}
