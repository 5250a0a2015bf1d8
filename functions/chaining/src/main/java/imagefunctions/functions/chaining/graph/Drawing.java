package imagefunctions.functions.chaining.graph;

import imagefunctions.functions.chaining.graph.Graph.Edge;
import imagefunctions.functions.chaining.graph.Graph.Group;
import imagefunctions.functions.chaining.graph.Graph.Node;
import imagefunctions.functions.chaining.graph.Graph.Part;
import imagefunctions.functions.chaining.graph.Graph.Shape;
import imagefunctions.functions.chaining.workflow.Aggregate;
import imagefunctions.functions.chaining.workflow.Condition;
import imagefunctions.functions.chaining.workflow.FunctionCall;
import imagefunctions.functions.chaining.workflow.Step;
import imagefunctions.functions.chaining.workflow.Step.OnFailure;
import imagefunctions.functions.chaining.workflow.Values;
import imagefunctions.functions.chaining.workflow.Workflow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Draws a workflow from its first step to its last; what is drawn so far ends in loose arrows. */
final class Drawing {
    /** An arrow whose head is not yet anywhere. */
    private record Loose(String from, String label) {}

    private final List<Edge> edges = new ArrayList<>();
    private final Map<String, String> listings = new HashMap<>();
    private List<Part> parts = new ArrayList<>();
    private int nodes;

    Graph of(Workflow flow) {
        Node body = add(Shape.BODY, "request");
        List<Loose> ends = steps(flow.steps(), List.of(new Loose(body.id(), "")));
        Node answer = add(Shape.BODY, "answer");
        join(ends, answer);
        closing(flow);
        return new Graph(flow.title(), parts, edges);
    }

    private List<Loose> steps(List<Step> steps, List<Loose> before) {
        List<Loose> ends = before;
        for (Step step : steps) {
            ends = step(step, ends);
        }
        return ends;
    }

    private List<Loose> step(Step step, List<Loose> before) {
        if (step.head().when().equals(Condition.always())) {
            return drawn(step, before);
        }
        Node condition = add(Shape.CONDITION, step.head().when().words() + "?");
        join(before, condition);
        List<Loose> ends = new ArrayList<>(drawn(step, List.of(new Loose(condition.id(), "yes"))));
        ends.add(new Loose(condition.id(), "no"));
        return ends;
    }

    private List<Loose> drawn(Step step, List<Loose> before) {
        return switch (step) {
            case Step.Function function -> through(function(step, function.call()), before);
            case Step.Listing listing -> {
                Node node = function(step, listing.call());
                join(before, node);
                listings.put(step.name(), node.id());
                yield before;
            }
            case Step.OnePass pass -> grouped("one pass", () -> steps(List.copyOf(pass.operations()), before));
            case Step.Sequence sequence -> grouped(title(step), () -> steps(sequence.steps(), before));
            case Step.Parallel parallel -> parallel(parallel, before);
            case Step.Foreach foreach -> foreach(foreach, before);
            case Step.Included included ->
                grouped(title(step) + ": workflow " + included.flow().name(), () -> {
                    List<Loose> ends = steps(included.flow().steps(), before);
                    closing(included.flow());
                    return ends;
                });
        };
    }

    private List<Loose> parallel(Step.Parallel parallel, List<Loose> before) {
        Node fork = add(Shape.BRANCHES, title(parallel), "in parallel");
        join(before, fork);
        List<Loose> ends = new ArrayList<>();
        for (Step branch : parallel.branches()) {
            ends.addAll(step(branch, List.of(new Loose(fork.id(), ""))));
        }
        return through(aggregate(parallel.aggregate()), ends);
    }

    private List<Loose> foreach(Step.Foreach foreach, List<Loose> before) {
        return grouped(title(foreach), () -> {
            Node fork = add(
                    Shape.BRANCHES,
                    "for each " + foreach.as() + " of " + values(foreach.values()),
                    "at most " + foreach.maxParallel() + " at a time");
            join(before, fork);
            if (foreach.values() instanceof Values.AnswerOf(String step)) {
                edges.add(new Edge(listings.getOrDefault(step, ""), fork.id(), "list", true));
            }
            return through(aggregate(foreach.aggregate()), steps(foreach.steps(), List.of(new Loose(fork.id(), ""))));
        });
    }

    private void closing(Workflow flow) {
        flow.onFailure().ifPresent(call -> {
            Node failure = add(Shape.BODY, "a step fails");
            edges.add(new Edge(failure.id(), call(call).id(), "on_failure", true));
        });
        flow.afterwards().ifPresent(call -> {
            Node over = add(Shape.BODY, "in either case");
            edges.add(new Edge(over.id(), call(call).id(), "finally", true));
        });
    }

    private Node function(Step step, FunctionCall call) {
        return add(
                Shape.FUNCTION,
                Stream.of(Stream.of(title(step)), named(step, call), request(call))
                        .flatMap(lines -> lines)
                        .toArray(String[]::new));
    }

    private Node call(FunctionCall call) {
        return add(
                Shape.FUNCTION,
                Stream.concat(Stream.of(call.function()), request(call)).toArray(String[]::new));
    }

    private static Stream<String> named(Step step, FunctionCall call) {
        return step.name().equals(call.function()) ? Stream.empty() : Stream.of("function " + call.function());
    }

    private static Stream<String> request(FunctionCall call) {
        return call.query().entrySet().stream()
                .map(one -> one.getKey() + "=" + one.getValue().text());
    }

    private Node aggregate(Aggregate aggregate) {
        return switch (aggregate) {
            case Aggregate.By(var call) -> call(call);
            default -> add(Shape.BRANCHES, aggregate.word());
        };
    }

    private static String values(Values values) {
        return switch (values) {
            case Values.Listed(var listed) -> String.join(", ", listed);
            case Values.AnswerOf(String step) -> "what " + step + " answers";
        };
    }

    private static String title(Step step) {
        return step.head().onFailure() == OnFailure.CONTINUE ? step.name() + " (may fail)" : step.name();
    }

    private List<Loose> through(Node node, List<Loose> before) {
        join(before, node);
        return List.of(new Loose(node.id(), ""));
    }

    private void join(List<Loose> ends, Node node) {
        ends.forEach(end -> edges.add(new Edge(end.from(), node.id(), end.label(), false)));
    }

    private List<Loose> grouped(String title, Supplier<List<Loose>> inside) {
        List<Part> outer = parts;
        parts = new ArrayList<>();
        List<Loose> ends = inside.get();
        outer.add(new Group("g" + nodes++, title, parts));
        parts = outer;
        return ends;
    }

    private Node add(Shape shape, String... lines) {
        Node node = new Node("n" + nodes++, shape, List.of(lines));
        parts.add(node);
        return node;
    }
}
