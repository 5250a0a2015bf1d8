package imagefunctions.imaging;

import java.util.List;

/**
 * How a JPEG is coded: for every component its sampling factors and its quantisation table.
 *
 * @param components one for grey; three for Y, Cb, Cr
 */
record Coding(List<Component> components) {

    Coding {
        components = List.copyOf(components);
    }

    /**
     * A component's share of a coding.
     *
     * @param across horizontal sampling factor, 1 to 4
     * @param down vertical sampling factor, 1 to 4
     */
    record Component(int across, int down, QuantTable table) {

        Component transposed() {
            return new Component(down, across, table.transposed());
        }
    }

    /** The coding of a quality (1 to 100) on libjpeg's scale, 4:2:0. */
    static Coding quality(int quality) {
        Component chroma = new Component(1, 1, QuantTable.chroma(quality));
        return new Coding(List.of(new Component(2, 2, QuantTable.luma(quality)), chroma, chroma));
    }

    /** The coding that fits the picture when its rows become columns. */
    Coding transposed() {
        return new Coding(components.stream().map(Component::transposed).toList());
    }

    /** The coding of the first component alone. */
    Coding grey() {
        return new Coding(List.of(new Component(1, 1, components.getFirst().table())));
    }
}
