package imagefunctions.functions.chaining.workflow;

/**
 * What passes from step to step: immutable bytes, their content type, and how many pictures the file holds of which they
 * show the first.
 */
public final class Body {
    private final String contentType;
    private final byte[] bytes;
    private final int frames;

    public Body(String contentType, byte[] bytes) {
        this(contentType, bytes, 1);
    }

    public Body(String contentType, byte[] bytes, int frames) {
        this.contentType = contentType;
        this.bytes = bytes;
        this.frames = frames;
    }

    public String contentType() {
        return contentType;
    }

    public byte[] bytes() {
        return bytes;
    }

    public int size() {
        return bytes.length;
    }

    public int frames() {
        return frames;
    }
}
