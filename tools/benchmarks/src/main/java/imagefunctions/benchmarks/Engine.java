package imagefunctions.benchmarks;

import imagefunctions.jpeg.IndexedJpeg;
import imagefunctions.jpeg.JpegEdit;
import imagefunctions.jpeg.JpegEngine;
import imagefunctions.jpeg.format.JpegFile;
import imagefunctions.jpeg.format.Transform;
import java.util.HashMap;
import java.util.Map;

/** Our engine. */
final class Engine {
    private final JpegEngine engine = new JpegEngine();

    Competitor competitor() {
        Map<String, InProcess.Operation> operations = new HashMap<>(Operations.thumbnails(this::thumbnail));
        operations.putAll(Map.of(
                "header", Engine::header,
                "eight-sizes", this::eightSizes,
                "draft", this::draft,
                "bw", bytes -> edit(bytes, JpegEdit.NONE.greyed()),
                "bw75", bytes -> edit(bytes, JpegEdit.NONE.greyed().withQuality(75)),
                "transpose", bytes -> edit(bytes, JpegEdit.NONE.transformed(Transform.ROTATE_180)),
                "transpose75",
                        bytes -> edit(
                                bytes,
                                JpegEdit.NONE.transformed(Transform.ROTATE_180).withQuality(75)),
                "one-pass",
                        bytes -> edit(
                                bytes,
                                fitted(
                                        128,
                                        JpegFile.parse(bytes),
                                        JpegEdit.NONE
                                                .transformed(Transform.ROTATE_180)
                                                .greyed())),
                "three-steps", this::threeSteps));
        return new InProcess("ours", 2000, operations);
    }

    private byte[] edit(byte[] bytes, JpegEdit edit) {
        return engine.edit(JpegFile.parse(bytes), edit);
    }

    /** Nothing but what comes before everything else. */
    private static byte[] header(byte[] bytes) {
        return new byte[JpegFile.parse(bytes).components()];
    }

    private byte[] draft(byte[] bytes) {
        JpegFile file = JpegFile.parse(bytes);
        int scale = Math.clamp(Integer.highestOneBit(Math.min(file.width() / 100, file.height() / 100)), 1, 8);
        return engine.edit(file, JpegEdit.NONE.greyed().reduced(scale));
    }

    private byte[] thumbnail(int box, byte[] bytes) {
        JpegFile file = JpegFile.parse(bytes);
        return engine.edit(file, fitted(box, file, JpegEdit.NONE));
    }

    /** In one call, as a workflow that wants several sizes of a picture has it. */
    private byte[] eightSizes(byte[] bytes) {
        JpegFile file = JpegFile.parse(bytes);
        IndexedJpeg indexed = new IndexedJpeg(file, Operations.EIGHT_BOXES.size());
        byte[] last = bytes;
        for (int box : Operations.EIGHT_BOXES) {
            last = engine.edit(indexed, fitted(box, file, JpegEdit.NONE));
        }
        return last;
    }

    private static JpegEdit fitted(int box, JpegFile file, JpegEdit edit) {
        double scale = Math.min((double) box / file.width(), (double) box / file.height());
        return edit.resized((int) Math.max(1, Math.round(file.width() * scale)), (int)
                Math.max(1, Math.round(file.height() * scale)));
    }

    private byte[] threeSteps(byte[] bytes) {
        byte[] rotated = edit(bytes, JpegEdit.NONE.transformed(Transform.ROTATE_180));
        return thumbnail(128, edit(rotated, JpegEdit.NONE.greyed()));
    }
}
