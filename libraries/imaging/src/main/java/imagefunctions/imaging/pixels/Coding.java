package imagefunctions.imaging.pixels;

import imagefunctions.jpeg.format.QuantisationTable;
import java.util.List;

/**
 * How a JPEG is encoded: the sampling factors and quantisation table of each component.
 *
 * @param components one for greyscale; three for Y, Cb, Cr
 */
public record Coding(List<Component> components) {

    /** The coding of a picture whose file has no quantisation tables: quality 75. */
    public static final Coding DEFAULT = quality(75);

    public Coding {
        components = List.copyOf(components);
    }

    /**
     * The sampling factors and quantisation table of a component.
     *
     * @param across horizontal sampling factor, 1 to 4
     * @param down vertical sampling factor, 1 to 4
     * @param table its steps are limited to 255, so that the result is baseline
     */
    public record Component(int across, int down, QuantisationTable table) {

        public Component {
            table = table.baseline();
        }

        Component transposed() {
            return new Component(down, across, table.transposed());
        }
    }

    /**
     * This coding if its sampling is supported everywhere, with integer ratios and at most ten blocks per MCU (ITU-T
     * T.81, B.2.3); else the same tables without subsampling.
     */
    public Coding encodable() {
        int across = components.stream().mapToInt(Component::across).max().orElse(1);
        int down = components.stream().mapToInt(Component::down).max().orElse(1);
        boolean whole = components.stream()
                .allMatch(component -> across % component.across() == 0 && down % component.down() == 0);
        int blocks = components.stream()
                .mapToInt(component -> component.across() * component.down())
                .sum();
        return whole && across <= 4 && down <= 4 && blocks <= 10
                ? this
                : new Coding(components.stream()
                        .map(component -> new Component(1, 1, component.table()))
                        .toList());
    }

    /** The coding for a quality from 1 to 100 on libjpeg's scale, with 4:2:0 subsampling. */
    public static Coding quality(int quality) {
        Component chroma = new Component(1, 1, QuantisationTable.standard(false, quality));
        return new Coding(List.of(new Component(2, 2, QuantisationTable.standard(true, quality)), chroma, chroma));
    }

    /** The coding of the transposed picture. */
    Coding transposed() {
        return new Coding(components.stream().map(Component::transposed).toList());
    }

    /** The coding of luma alone. */
    public Coding grey() {
        return new Coding(List.of(new Component(1, 1, components.getFirst().table())));
    }
}
