package imagefunctions.functions.chaining.workflow;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text with variables: {@code ${size}} stands for the current value of the enclosing {@code foreach},
 * {@code ${query.width:128}} and {@code ${header.X-Tone}} for what the request says, or for the default behind the colon.
 * What a variable stands for is taken as it is, and not looked through for variables.
 */
public record Template(String text) {
    /** What the names of variables start with that stand for a parameter of the request. */
    public static final String QUERY = "query.";

    /** What the names of variables start with that stand for a header of the request. */
    public static final String HEADER = "header.";

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}:]*)(?::([^}]*))?}");

    /** A variable in the text. */
    public record Variable(String name, boolean hasDefault) {}

    public List<Variable> variables() {
        return VARIABLE.matcher(text.substring(0, end()))
                .results()
                .map(found -> new Variable(found.group(1), found.group(2) != null))
                .toList();
    }

    /** The text with what the variables stand for; nothing where one stands for nothing. */
    public String with(Function<String, Optional<String>> values) {
        return VARIABLE.matcher(text.substring(0, end()))
                        .replaceAll(found -> Matcher.quoteReplacement(value(found, values)))
                + text.substring(end());
    }

    /** Behind the last brace is no variable; looking for the end of each that begins there would take for ever. */
    private int end() {
        return text.lastIndexOf('}') + 1;
    }

    private static String value(MatchResult found, Function<String, Optional<String>> values) {
        return values.apply(found.group(1)).orElse(found.group(2) == null ? "" : found.group(2));
    }
}
