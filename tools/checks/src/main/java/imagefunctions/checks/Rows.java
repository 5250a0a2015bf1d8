package imagefunctions.checks;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/**
 * Modules in rows, each above those it uses. A dependency that others imply is omitted; one that spans
 * rows passes through those between, together with the others of the same module.
 */
final class Rows {

    /**
     * A cell of a row.
     *
     * @param module the module that stands there, or whose arrows pass
     * @param passage whether arrows only pass
     */
    record Cell(Module module, int row, boolean passage) {}

    /** A line from a cell to one in the next row. */
    record Link(Cell from, Cell to) {}

    private static final int SWEEPS = 24;

    private final Map<String, Module> byName = new TreeMap<>();
    private final Map<Module, Cell> cells = new HashMap<>();
    private final List<List<Cell>> rows = new ArrayList<>();
    private final Set<Link> links = new LinkedHashSet<>();

    private Rows(List<Module> modules) {
        modules.forEach(module -> byName.put(module.name(), module));
        for (Layer layer : Layer.values()) {
            int first = rows.size();
            List<Module> members =
                    modules.stream().filter(module -> module.layer() == layer).toList();
            for (Module module : members) {
                stand(module, first + depth(module, members));
            }
        }
        modules.forEach(this::link);
    }

    /** Lays out modules so that few lines cross. */
    static Rows of(List<Module> modules) {
        Rows rows = new Rows(modules);
        rows.order();
        return rows;
    }

    List<List<Cell>> rows() {
        return rows;
    }

    Set<Link> links() {
        return links;
    }

    private static int depth(Module module, List<Module> members) {
        return members.stream()
                .filter(user -> user.uses().contains(module.name()))
                .mapToInt(user -> depth(user, members) + 1)
                .max()
                .orElse(0);
    }

    private void stand(Module module, int row) {
        cells.put(module, cell(module, row, false));
    }

    private Cell cell(Module module, int row, boolean passage) {
        while (rows.size() <= row) {
            rows.add(new ArrayList<>());
        }
        Cell cell = new Cell(module, row, passage);
        if (!rows.get(row).contains(cell)) {
            rows.get(row).add(cell);
        }
        return cell;
    }

    private void link(Module module) {
        List<Module> used = used(module);
        for (Module one : used) {
            if (used.stream().noneMatch(other -> reaches(other, one))) {
                chain(requireNonNull(cells.get(module)), requireNonNull(cells.get(one)));
            }
        }
    }

    private boolean reaches(Module module, Module other) {
        return used(module).stream().anyMatch(used -> used.equals(other) || reaches(used, other));
    }

    private List<Module> used(Module module) {
        return module.uses().stream()
                .flatMap(name -> Stream.ofNullable(byName.get(name)))
                .toList();
    }

    private void chain(Cell from, Cell to) {
        if (to.row() <= from.row()) {
            throw new IllegalArgumentException(
                    from.module().path() + " uses " + to.module().path() + ", which is not below it");
        }
        Cell last = from;
        for (int row = from.row() + 1; row < to.row(); row++) {
            Cell passage = cell(from.module(), row, true);
            links.add(new Link(last, passage));
            last = passage;
        }
        links.add(new Link(last, to));
    }

    /** Sorts each row by where its neighbours stand, down and up again, and keeps the best that comes by. */
    private void order() {
        List<List<Cell>> best = copy();
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            boolean down = sweep % 2 == 0;
            for (int i = 0; i < rows.size(); i++) {
                sort(rows.get(down ? i : rows.size() - 1 - i), down);
            }
            if (crossings(rows) < crossings(best)) {
                best = copy();
            }
        }
        rows.clear();
        rows.addAll(best);
    }

    private List<List<Cell>> copy() {
        return rows.stream().<List<Cell>>map(ArrayList::new).toList();
    }

    private void sort(List<Cell> row, boolean down) {
        Map<Cell, Double> wanted = new HashMap<>();
        for (Cell cell : row) {
            double own = row.indexOf(cell);
            wanted.put(
                    cell,
                    links.stream()
                            .filter(link -> (down ? link.to() : link.from()).equals(cell))
                            .map(link -> down ? link.from() : link.to())
                            .mapToDouble(other -> rows.get(other.row()).indexOf(other))
                            .average()
                            .orElse(own));
        }
        row.sort(Comparator.comparing(wanted::get));
    }

    private long crossings(List<List<Cell>> order) {
        ToIntFunction<Cell> at = cell -> order.get(cell.row()).indexOf(cell);
        List<Link> all = List.copyOf(links);
        Set<Set<Link>> crossed = new HashSet<>();
        for (Link a : all) {
            for (Link b : all) {
                if (a.from().row() == b.from().row()
                        && at.applyAsInt(a.from()) < at.applyAsInt(b.from())
                        && at.applyAsInt(a.to()) > at.applyAsInt(b.to())) {
                    crossed.add(Set.of(a, b));
                }
            }
        }
        return crossed.size();
    }
}
