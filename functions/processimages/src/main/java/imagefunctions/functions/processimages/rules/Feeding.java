package imagefunctions.functions.processimages.rules;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds rules that would never come to an end, since their results come back to them. */
final class Feeding {
    private final List<Rule> rules;

    Feeding(List<Rule> rules) {
        this.rules = rules;
    }

    /** The way from a rule back to itself, if there is one: each of them feeds the next one. */
    Optional<List<Rule>> cycle(Rule rule) {
        Deque<Rule> way = new ArrayDeque<>(List.of(rule));
        return leadsTo(rule, way, new HashSet<>()) ? Optional.of(List.copyOf(way)) : Optional.empty();
    }

    private boolean leadsTo(Rule goal, Deque<Rule> way, Set<Rule> seen) {
        for (Rule next : fedBy(way.getLast())) {
            if (seen.add(next)) {
                way.addLast(next);
                if (next.equals(goal) || leadsTo(goal, way, seen)) {
                    return true;
                }
                way.removeLast();
            }
        }
        return false;
    }

    private List<Rule> fedBy(Rule rule) {
        return rules.stream()
                .filter(other -> rule.route().isPresent()
                        && other.route().isPresent()
                        && rule.route().get().feeds(other.route().get()))
                .toList();
    }
}
