package imagefunctions.benchmarks;

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
        Map<String, InProcess.Operation> operations =
                new HashMap<>(Operations.thumbnails((box, bytes) -> edit(bytes, fitted(box, bytes, JpegEdit.NONE))));
        operations.putAll(Map.of(
                "header", Engine::header,
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
                                        bytes,
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

    private static JpegEdit fitted(int box, byte[] bytes, JpegEdit edit) {
        JpegFile file = JpegFile.parse(bytes);
        double scale = Math.min((double) box / file.width(), (double) box / file.height());
        return edit.resized((int) Math.max(1, Math.round(file.width() * scale)), (int)
                Math.max(1, Math.round(file.height() * scale)));
    }

    private byte[] threeSteps(byte[] bytes) {
        byte[] rotated = edit(bytes, JpegEdit.NONE.transformed(Transform.ROTATE_180));
        byte[] grey = edit(rotated, JpegEdit.NONE.greyed());
        return edit(grey, fitted(128, grey, JpegEdit.NONE));
    }
}
