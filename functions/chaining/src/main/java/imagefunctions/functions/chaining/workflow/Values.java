package imagefunctions.functions.chaining.workflow;

import java.util.List;

/** The values that a {@code foreach} iterates over. */
public sealed interface Values {

    /** Values written in the file. */
    record Literals(List<String> values) implements Values {
        public Literals {
            values = List.copyOf(values);
        }
    }

    /** The files of the zip that the body is, each the body of its own iteration; their names are the values. */
    record ZipEntries() implements Values {}

    /** The JSON list that an earlier step's function returned. */
    record FromStep(String step) implements Values {}
}
