package imagefunctions.localgateway.backends;

import imagefunctions.gatewayclient.Gateways;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which functions run elsewhere: those that are named, and, if there are gateways, all that do not stay here.
 *
 * @param named by their names
 * @param gateways that have the others, if any
 * @param here what stays in this process although there are gateways
 */
public record Backends(Map<String, Gateways> named, Optional<Gateways> gateways, Set<String> here) {
    private static final Pattern NAMED = Pattern.compile("([^=:/]*)=(.*)");
    private static final Pattern FUNCTION = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    /** What OpenFaaS takes for a name, with a namespace behind it. */
    private static final Pattern FORWARDED = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,254}");

    private static final String LOCAL = "local";

    public Backends {
        named = new TreeMap<>(named);
        here = Set.copyOf(here);
    }

    /**
     * Reads {@code IMAGE_FUNCTIONS_BACKENDS}: addresses of gateways, {@code NAME=ADDRESS} and {@code NAME=local}, separated
     * by commas.
     *
     * @param inProcess the functions of this process
     * @param staying those of them that gateways do not get unless they are named
     * @throws IllegalArgumentException names the entry and what to write instead
     */
    static Backends parse(String text, Set<String> inProcess, Set<String> staying) {
        Map<String, List<URI>> named = new LinkedHashMap<>();
        List<URI> gateways = new ArrayList<>();
        Set<String> here = new TreeSet<>(staying);
        Set<String> local = new TreeSet<>();
        for (String entry : text.split(",", -1)) {
            Matcher parts = NAMED.matcher(entry.strip());
            if (!parts.matches()) {
                gateways.addAll(addresses(entry));
            } else if (parts.group(2).equals(LOCAL)) {
                require(inProcess.contains(parts.group(1)), entry, "it is none of " + String.join(", ", inProcess));
                local.add(parts.group(1));
            } else {
                require(
                        FUNCTION.matcher(parts.group(1)).matches(),
                        entry,
                        "write a function's name before the =, of lower-case letters, digits and dashes");
                named.computeIfAbsent(parts.group(1), name -> new ArrayList<>()).addAll(addresses(parts.group(2)));
            }
        }
        for (String name : local) {
            require(!named.containsKey(name), name + "=" + LOCAL, "the list has an address for it, too");
        }
        here.addAll(local);
        return new Backends(
                named.entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, entry -> new Gateways(entry.getValue()))),
                gateways.isEmpty() ? Optional.empty() : Optional.of(new Gateways(gateways)),
                here);
    }

    private static List<URI> addresses(String address) {
        try {
            return Gateways.parse(address).addresses();
        } catch (IllegalArgumentException e) {
            throw refused(address, String.valueOf(e.getMessage()));
        }
    }

    private static void require(boolean holds, String entry, String otherwise) {
        if (!holds) {
            throw refused(entry, otherwise);
        }
    }

    /** What may be a password is not repeated. */
    private static IllegalArgumentException refused(String entry, String why) {
        return new IllegalArgumentException("IMAGE_FUNCTIONS_BACKENDS has \""
                + entry.strip().replaceAll("//[^/]*@", "//...@") + "\": " + why.replaceAll("//[^/]*@", "//...@") + ".");
    }

    /** Where this function is called, unless in this process. */
    public Optional<Destination> of(String function) {
        Gateways own = named.get(function);
        if (own != null) {
            return Optional.of(Destination.function(own));
        }
        return gateways.filter(some ->
                        !here.contains(function) && FORWARDED.matcher(function).matches())
                .map(some -> Destination.behind(some, function));
    }

    boolean areNone() {
        return named.isEmpty() && gateways.isEmpty();
    }
}
