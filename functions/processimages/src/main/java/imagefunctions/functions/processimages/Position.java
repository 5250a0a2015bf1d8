package imagefunctions.functions.processimages;

import imagefunctions.runtime.Problem;
import java.util.List;

/**
 * How far a reconcile has come: written as a name, or as {@code RULE/name} where there are several rules.
 *
 * @param index of the rule
 * @param name the name after which to go on; empty at the begin
 */
record Position(int index, String name) {

    static Position read(String text, List<Order> orders) {
        if (text.isEmpty() || orders.size() == 1) {
            return new Position(0, text);
        }
        for (int i = 0; i < orders.size(); i++) {
            String rule = orders.get(i).rule().name() + "/";
            if (text.startsWith(rule)) {
                return new Position(i, text.substring(rule.length()));
            }
        }
        throw new Problem.BadRequest("after=" + text + " is not a place in any rule: give what X-Reconcile-After said,"
                        + " decoded, or leave it out.")
                .asException();
    }

    String write(List<Order> orders) {
        return orders.size() == 1 ? name : order(orders).rule().name() + "/" + name;
    }

    boolean isWithin(List<Order> orders) {
        return index < orders.size();
    }

    Order order(List<Order> orders) {
        return orders.get(index);
    }

    Position at(String other) {
        return new Position(index, other);
    }

    Position next() {
        return new Position(index + 1, "");
    }
}
