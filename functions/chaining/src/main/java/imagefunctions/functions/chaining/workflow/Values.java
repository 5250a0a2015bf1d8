package imagefunctions.functions.chaining.workflow;

import java.util.List;

/** What a {@code foreach} goes through. */
public sealed interface Values {

    /** Values that stand in the file. */
    record Listed(List<String> values) implements Values {
        public Listed {
            values = List.copyOf(values);
        }
    }

    /** The JSON list that an earlier step's function answered. */
    record AnswerOf(String step) implements Values {}
}
