package imagefunctions.imaging.operation;

import java.util.List;

/** The values that a parameter may have; as a text, in words. */
public sealed interface Allowed {

    /** One of these. */
    record OneOf(List<String> values) implements Allowed {
        public OneOf {
            values = List.copyOf(values);
        }

        @Override
        public String toString() {
            int last = values.size() - 1;
            return String.join(", ", values.subList(0, last)) + " or " + values.get(last);
        }
    }

    /** A whole number. */
    record Range(int least, int most) implements Allowed {
        @Override
        public String toString() {
            return "a whole number from " + least + " to " + most;
        }

        boolean has(int value) {
            return value >= least && value <= most;
        }
    }
}
