package imagefunctions.checks;

import imagefunctions.checks.Rows.Cell;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** How far to the right each cell's middle is: as near to its neighbours' as its row allows. */
final class Placement {
    private static final int ROUNDS = 40;

    private final Rows rows;
    private final ToDoubleFunction<Cell> width;
    private final double gap;
    private final Map<Cell, Double> middles = new HashMap<>();

    private Placement(Rows rows, ToDoubleFunction<Cell> width, double gap) {
        this.rows = rows;
        this.width = width;
        this.gap = gap;
    }

    /** The middles of all cells, the leftmost edge at 0. */
    static Map<Cell, Double> of(Rows rows, ToDoubleFunction<Cell> width, double gap) {
        Placement placement = new Placement(rows, width, gap);
        placement.rows.rows().forEach(row -> row.forEach(cell -> placement.middles.put(cell, 0.0)));
        for (int round = 0; round < ROUNDS; round++) {
            rows.rows().forEach(placement::settle);
            rows.rows().reversed().forEach(placement::settle);
        }
        double left = placement.middles.entrySet().stream()
                .mapToDouble(middle -> middle.getValue() - width.applyAsDouble(middle.getKey()) / 2)
                .min()
                .orElse(0);
        placement.middles.replaceAll((cell, middle) -> middle - left);
        return placement.middles;
    }

    /** The least squares of the distances to where the cells want to be: cells that would overlap move as one block. */
    private void settle(List<Cell> row) {
        record Block(double sum, int size) {
            double mean() {
                return sum / size;
            }
        }
        List<Block> blocks = new ArrayList<>();
        double[] offsets = offsets(row);
        for (int i = 0; i < row.size(); i++) {
            Block block = new Block(wanted(row.get(i)) - offsets[i], 1);
            while (!blocks.isEmpty() && blocks.getLast().mean() > block.mean()) {
                Block before = blocks.removeLast();
                block = new Block(before.sum() + block.sum(), before.size() + block.size());
            }
            blocks.add(block);
        }
        int i = 0;
        for (Block block : blocks) {
            for (int end = i + block.size(); i < end; i++) {
                middles.put(row.get(i), block.mean() + offsets[i]);
            }
        }
    }

    /** Where each middle is when the row is packed from 0. */
    private double[] offsets(List<Cell> row) {
        double[] offsets = new double[row.size()];
        for (int i = 1; i < row.size(); i++) {
            offsets[i] =
                    offsets[i - 1] + (width.applyAsDouble(row.get(i - 1)) + width.applyAsDouble(row.get(i))) / 2 + gap;
        }
        return offsets;
    }

    private double wanted(Cell cell) {
        return rows.links().stream()
                .filter(link -> link.from().equals(cell) || link.to().equals(cell))
                .map(link -> link.from().equals(cell) ? link.to() : link.from())
                .mapToDouble(middles::get)
                .average()
                .orElseGet(this::centre);
    }

    private double centre() {
        return middles.values().stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(0);
    }
}
