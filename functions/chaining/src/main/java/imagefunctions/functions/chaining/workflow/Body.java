package imagefunctions.functions.chaining.workflow;

/** What passes from step to step: immutable bytes and their content type. */
public final class Body {
    private final String contentType;
    private final byte[] bytes;

    public Body(String contentType, byte[] bytes) {
        this.contentType = contentType;
        this.bytes = bytes;
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
}
