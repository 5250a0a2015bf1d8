package imagefunctions.functions.chaining.workflow;

/** What passes from step to step: immutable bytes, their content type, and how many frames they were made from. */
public final class Body {
    private final String contentType;
    private final byte[] bytes;
    private final int frames;

    public Body(String contentType, byte[] bytes) {
        this(contentType, bytes, 1);
    }

    /**
     * A body made from a picture of several frames, of which it may show the first alone.
     *
     * @param frames at least 1
     */
    public Body(String contentType, byte[] bytes, int frames) {
        this.contentType = contentType;
        this.bytes = bytes;
        this.frames = frames;
    }

    /** The same, made from a body: it has that one's frames, too. */
    public Body madeFrom(Body other) {
        return new Body(contentType, bytes, Math.max(frames, other.frames));
    }

    public String contentType() {
        return contentType;
    }

    public byte[] bytes() {
        return bytes;
    }

    public int frames() {
        return frames;
    }

    public int size() {
        return bytes.length;
    }
}
