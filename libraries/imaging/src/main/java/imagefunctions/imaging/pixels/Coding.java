package imagefunctions.imaging.pixels;

import java.util.List;

/**
 * How a JPEG is coded: for every component its sampling factors and its quantisation table.
 *
 * @param components one for grey; three for Y, Cb, Cr
 */
public record Coding(List<Component> components) {

    /** How a picture is coded whose file has no tables of its own. */
    public static final Coding DEFAULT = quality(75);

    public Coding {
        components = List.copyOf(components);
    }

    /**
     * A component's share of a coding.
     *
     * @param across horizontal sampling factor, 1 to 4
     * @param down vertical sampling factor, 1 to 4
     */
    public record Component(int across, int down, QuantTable table) {

        Component transposed() {
            return new Component(down, across, table.transposed());
        }
    }

    /**
     * The same tables with sampling that every encoder and decoder can do: at most ten blocks a unit (ITU-T T.81,
     * B.2.3) and whole ratios; else without subsampling.
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

    /** The coding of a quality (1 to 100) on libjpeg's scale, 4:2:0. */
    public static Coding quality(int quality) {
        Component chroma = new Component(1, 1, QuantTable.chroma(quality));
        return new Coding(List.of(new Component(2, 2, QuantTable.luma(quality)), chroma, chroma));
    }

    /** The coding that fits the picture when its rows become columns. */
    Coding transposed() {
        return new Coding(components.stream().map(Component::transposed).toList());
    }

    /** The coding of the first component alone. */
    public Coding grey() {
        return new Coding(List.of(new Component(1, 1, components.getFirst().table())));
    }
}
