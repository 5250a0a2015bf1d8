package imagefunctions.functions.chaining.workflow;

/** What becomes of the branches' results. */
public sealed interface Aggregate {

    /** A zip of all of them, each under its branch's name. */
    record Zip() implements Aggregate {}

    /** The result of the first branch, in the file's order, that has one. */
    record First() implements Aggregate {}

    /** None of them: the body goes on as it was. */
    record Input() implements Aggregate {}

    /** What this function makes of the zip. */
    record By(FunctionCall call) implements Aggregate {}

    /** How the file names it. */
    default String word() {
        return switch (this) {
            case Zip z -> "zip";
            case First f -> "first";
            case Input i -> "input";
            case By by -> by.call().function();
        };
    }
}
