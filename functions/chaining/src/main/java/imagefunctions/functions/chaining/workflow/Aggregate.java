package imagefunctions.functions.chaining.workflow;

/** How the results of the branches are combined. */
public sealed interface Aggregate {

    /** A zip archive of all results, each under its branch's name. */
    record Zip() implements Aggregate {}

    /** The result of the first branch, in file order, that has one. */
    record First() implements Aggregate {}

    /** No result is used: the body stays as it was. */
    record Input() implements Aggregate {}

    /** The result of calling this function with the zip. */
    record ByFunction(FunctionCall call) implements Aggregate {}

    /** Its name in the workflow file. */
    default String label() {
        return switch (this) {
            case Zip z -> "zip";
            case First f -> "first";
            case Input i -> "input";
            case ByFunction by -> by.call().function();
        };
    }
}
