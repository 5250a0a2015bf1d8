package imagefunctions.webp.format;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A WebP file: its canvas, its first frame and its metadata, without a pixel decoded.
 *
 * <p>It refers to the file's bytes, which are not copied and must not change.
 */
public final class WebpFile {
    private static final int HEADER = 12;
    private static final int VP8X_LENGTH = 10;
    private static final int ANMF_HEADER = 16;
    private static final int ANIMATION = 2;
    private static final Set<String> METADATA = Set.of("EXIF", "ICCP", "XMP ");
    private static final String EXIF_PREFIX = "Exif\0\0";

    private final Canvas canvas;
    private final Frame frame;
    private final int frames;
    private final Map<String, Data> metadata;

    /** The size of the whole, and whether frames are laid on it in turn. */
    private record Canvas(int width, int height, boolean animated) {}

    private WebpFile(Canvas canvas, Frame frame, int frames, Map<String, Data> metadata) {
        this.canvas = canvas;
        this.frame = frame;
        this.frames = frames;
        this.metadata = metadata;
    }

    /**
     * Reads the container; chunks that are not known are skipped, and so are bytes behind the end that it states.
     *
     * @throws DamagedWebpException if the file is cut short, or its parts contradict each other
     * @throws UnsupportedWebpException if its first picture is of a kind that is not supported
     */
    public static WebpFile parse(byte[] file) {
        Data whole = new Data(file, 0, file.length);
        if (file.length < HEADER || !whole.startsWith("RIFF") || !whole.from(8).startsWith("WEBP")) {
            throw new DamagedWebpException("The file does not begin as a WebP file does.");
        }
        long end = 8 + whole.u32(4);
        if (end < HEADER) {
            throw new DamagedWebpException("The WebP file states a length that holds nothing.");
        }
        return parse(new Chunks(whole.first((int) Math.min(end, file.length)).from(HEADER)), end, file.length);
    }

    private static WebpFile parse(Chunks chunks, long end, int length) {
        Optional<Canvas> canvas = Optional.empty();
        Optional<Frame> frame = Optional.empty();
        Optional<Data> alpha = Optional.empty();
        int frames = 0;
        Map<String, Data> metadata = new HashMap<>();
        int at = HEADER;
        for (Optional<Chunks.Chunk> next = chunks.next(); next.isPresent(); next = chunks.next()) {
            String name = next.get().name();
            Data data = next.get().data();
            at = data.end() + (data.length() & 1);
            boolean animated = canvas.isPresent() && canvas.get().animated();
            if (METADATA.contains(name)) {
                metadata.putIfAbsent(name, data);
            } else if (name.equals("VP8X") && canvas.isEmpty() && frame.isEmpty()) {
                canvas = Optional.of(canvas(data));
            } else if (name.equals("ANMF") && animated) {
                frames++;
                frame = frame.isPresent() ? frame : Optional.of(animated(data, canvas.get()));
            } else if (name.equals("ALPH") && alpha.isEmpty()) {
                alpha = Optional.of(data);
            } else if (frame.isEmpty() && !animated) {
                frame = bitstream(name, data, alpha);
            }
        }
        if (end > Math.max(at, length)) {
            throw new DamagedWebpException("The WebP file is shorter than it states.");
        }
        Frame first = frame.orElseThrow(() -> new DamagedWebpException("The WebP file has no picture in it."));
        Canvas shown = canvas.orElse(new Canvas(first.width(), first.height(), false));
        if (!shown.animated() && !first.hasSize(shown.width(), shown.height())) {
            throw new DamagedWebpException("The WebP file states another size than its picture has.");
        }
        return new WebpFile(shown, first, Math.max(1, frames), metadata);
    }

    /** RFC 9649, 2.7: flags, 24 bits reserved, 24 bits of width - 1 and of height - 1. */
    private static Canvas canvas(Data data) {
        if (data.length() < VP8X_LENGTH) {
            throw new DamagedWebpException("The WebP file's header is cut short.");
        }
        return new Canvas(data.u24(4) + 1, data.u24(7) + 1, (data.u8(0) & ANIMATION) != 0);
    }

    private static Optional<Frame> bitstream(String name, Data data, Optional<Data> alpha) {
        return switch (name) {
            case "VP8 " -> Optional.of(Frame.lossy(data, alpha));
            case "VP8L" -> Optional.of(Frame.lossless(data));
            default -> Optional.empty();
        };
    }

    /** RFC 9649, 2.7.1.1: half of left and top, width - 1 and height - 1 in 24 bits each, duration, flags, chunks. */
    private static Frame animated(Data data, Canvas canvas) {
        if (data.length() < ANMF_HEADER) {
            throw new DamagedWebpException("The WebP animation's first frame is cut short.");
        }
        int left = 2 * data.u24(0);
        int top = 2 * data.u24(3);
        int width = data.u24(6) + 1;
        int height = data.u24(9) + 1;
        if (left + width > canvas.width() || top + height > canvas.height()) {
            throw new DamagedWebpException("The WebP animation's first frame does not fit its canvas.");
        }
        Chunks chunks = new Chunks(data.from(ANMF_HEADER));
        Optional<Data> alpha = Optional.empty();
        for (Optional<Chunks.Chunk> next = chunks.next(); next.isPresent(); next = chunks.next()) {
            Data content = next.get().data();
            if (next.get().name().equals("ALPH")) {
                alpha = alpha.isPresent() ? alpha : Optional.of(content);
            }
            Optional<Frame> frame = bitstream(next.get().name(), content, alpha);
            if (frame.isPresent()) {
                if (!frame.get().hasSize(width, height)) {
                    throw new DamagedWebpException("The WebP animation's first frame has another size than stated.");
                }
                return frame.get().at(left, top);
            }
        }
        throw new DamagedWebpException("The WebP animation's first frame has no picture in it.");
    }

    /** The width of the canvas. */
    public int width() {
        return canvas.width();
    }

    /** The height of the canvas. */
    public int height() {
        return canvas.height();
    }

    /** How many frames the file has: 1 unless it is animated. */
    public int frames() {
        return frames;
    }

    /** The only picture, or an animation's first; it fits the canvas. */
    public Frame frame() {
        return frame;
    }

    /** The EXIF block, beginning with its TIFF header; some programs write the prefix that it has in a JPEG file. */
    public Optional<byte[]> exif() {
        return Optional.ofNullable(metadata.get("EXIF"))
                .map(data -> data.startsWith(EXIF_PREFIX) ? data.from(EXIF_PREFIX.length()) : data)
                .map(Data::copy);
    }

    /** The ICC profile, not parsed; the pixels are as stored. */
    public Optional<byte[]> iccProfile() {
        return Optional.ofNullable(metadata.get("ICCP")).map(Data::copy);
    }

    /** The XMP packet. */
    public Optional<byte[]> xmp() {
        return Optional.ofNullable(metadata.get("XMP ")).map(Data::copy);
    }
}
