package imagefunctions.functions.chaining.workflow;

/** What happens when a step fails. */
public sealed interface IfFailed {
    IfFailed FAIL = new Fail();

    /** The workflow fails. */
    record Fail() implements IfFailed {}

    /** The step is left out, and the response says so. */
    record Continue() implements IfFailed {}

    /** This call, with the step's own body, supplies the answer. */
    record Use(FunctionCall call) implements IfFailed {}
}
