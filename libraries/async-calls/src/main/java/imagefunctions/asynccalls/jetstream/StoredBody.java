package imagefunctions.asynccalls.jetstream;

/** A body in the object store; an empty one is not stored. */
record StoredBody(String name, long length) {
    boolean isStored() {
        return length > 0;
    }
}
