package imagefunctions.functions.chaining.workflow;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text in which {@code ${name}} stands for the value of the {@code foreach} around it. */
public record Template(String text) {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)}");

    /** The names that the text uses. */
    public Set<String> names() {
        Set<String> names = new TreeSet<>();
        VARIABLE.matcher(text).results().forEach(found -> names.add(found.group(1)));
        return names;
    }

    public String with(Map<String, String> values) {
        return VARIABLE.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(values.getOrDefault(found.group(1), found.group())));
    }
}
