package imagefunctions.jpeg.scan;

import imagefunctions.jpeg.format.Component;
import imagefunctions.jpeg.format.Frame;
import imagefunctions.jpeg.format.Scan;
import java.util.List;

/**
 * The blocks of an MCU of a scan, in coded order (ITU-T T.81, A.2.2 and A.2.3).
 *
 * @param component of each block, by index in the frame
 * @param across column of each block within the MCU
 * @param down row of each block within the MCU
 * @param stepAcross width of an MCU in blocks of each component of the frame
 * @param stepDown height of an MCU, likewise
 */
@SuppressWarnings("ArrayRecordComponent") // read in hot loops, plans never compared
public record McuLayout(
        int[] component,
        int[] across,
        int[] down,
        int[] stepAcross,
        int[] stepDown,
        int widthInMcus,
        int heightInMcus) {

    public static McuLayout of(Frame frame, Scan scan) {
        List<Component> planes = frame.components();
        int[] stepAcross = new int[planes.size()];
        int[] stepDown = new int[planes.size()];
        if (scan.parts().size() == 1) {
            int c = scan.parts().getFirst().component();
            stepAcross[c] = 1;
            stepDown[c] = 1;
            Component plane = planes.get(c);
            return new McuLayout(
                    new int[] {c},
                    new int[1],
                    new int[1],
                    stepAcross,
                    stepDown,
                    plane.widthInBlocks(),
                    plane.heightInBlocks());
        }
        int blocks = 0;
        for (Scan.Part part : scan.parts()) {
            Component plane = planes.get(part.component());
            stepAcross[part.component()] = plane.horizontal();
            stepDown[part.component()] = plane.vertical();
            blocks += plane.horizontal() * plane.vertical();
        }
        int[] component = new int[blocks];
        int[] across = new int[blocks];
        int[] down = new int[blocks];
        int at = 0;
        for (Scan.Part part : scan.parts()) {
            int c = part.component();
            for (int i = 0; i < stepAcross[c] * stepDown[c]; i++, at++) {
                component[at] = c;
                across[at] = i % stepAcross[c];
                down[at] = i / stepAcross[c];
            }
        }
        return new McuLayout(component, across, down, stepAcross, stepDown, frame.widthInMcus(), frame.heightInMcus());
    }

    /** The index of the component's first block. */
    int first(int wanted) {
        int at = 0;
        while (component[at] != wanted) {
            at++;
        }
        return at;
    }

    int blocks() {
        return component.length;
    }

    /** The blocks of all MCUs. */
    int count() {
        return widthInMcus * heightInMcus * blocks();
    }
}
