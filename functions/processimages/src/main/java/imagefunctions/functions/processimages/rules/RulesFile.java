package imagefunctions.functions.processimages.rules;

import imagefunctions.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads the file of rules, and refuses rules that would not come to an end or would overwrite each other's results. */
public final class RulesFile {
    private static final int MOST = 100;

    private RulesFile() {}

    /**
     * Reads a file.
     *
     * @param file its name, for errors
     * @param failed the bucket of failure records
     * @param targets what rules may call
     * @throws imagefunctions.yaml.InvalidFileException for the first error
     */
    public static Rules read(String file, String text, String failed, KnownTargets targets) {
        YamlNode root = YamlNode.parse(file, text, "rules:");
        YamlNode list = root.mapping("the file", List.of("rules")).get("rules");
        if (list == null) {
            throw root.error("the file must start with \"rules:\"");
        }
        List<YamlNode> nodes = list.list();
        if (nodes.size() > MOST) {
            throw list.error(nodes.size() + " rules are too many: at most " + MOST + " are allowed");
        }
        RuleReader reader = new RuleReader(failed, targets);
        List<Rule> rules = new ArrayList<>();
        for (YamlNode node : nodes) {
            Rule rule = reader.read(node);
            checkBeside(rules, rule, node);
            rules.add(rule);
        }
        checkEnds(rules, nodes);
        return new Rules(rules);
    }

    private static void checkBeside(List<Rule> others, Rule rule, YamlNode node) {
        for (Rule other : others) {
            if (other.name().equals(rule.name())) {
                throw node.error("there are two rules \"" + rule.name() + "\": give each a name of its own");
            }
            if (collide(other, rule)) {
                throw node.error("\"" + other.name() + "\" and \"" + rule.name() + "\" would store two results of one"
                        + " object under one key: give one of them another \"to\" or \"key\"");
            }
        }
    }

    private static boolean collide(Rule one, Rule other) {
        return one.route().isPresent()
                && other.route().isPresent()
                && one.route().get().collidesWith(other.route().get());
    }

    private static void checkEnds(List<Rule> rules, List<YamlNode> nodes) {
        Feeding feeding = new Feeding(rules);
        for (int i = 0; i < rules.size(); i++) {
            Optional<List<Rule>> cycle = feeding.cycle(rules.get(i));
            if (cycle.isPresent()) {
                throw nodes.get(i)
                        .error("the results of \"" + rules.get(i).name() + "\" would come back to it without end ("
                                + way(cycle.get())
                                + "): have one of them store elsewhere, or take less by \"prefix\" or"
                                + " \"suffix\"");
            }
        }
    }

    private static String way(List<Rule> rules) {
        return rules.stream().map(Rule::name).collect(Collectors.joining(" -> "));
    }
}
