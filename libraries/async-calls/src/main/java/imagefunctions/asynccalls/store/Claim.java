package imagefunctions.asynccalls.store;

import java.nio.file.Path;

/** An entry that one worker holds for one attempt. */
public final class Claim {
    private final String id;
    private final int attempt;
    private final Path file;
    private final boolean exhausted;

    Claim(String id, int attempt, Path file, boolean exhausted) {
        this.id = id;
        this.attempt = attempt;
        this.file = file;
        this.exhausted = exhausted;
    }

    String id() {
        return id;
    }

    /** The number of this attempt, counted from 1. */
    public int attempt() {
        return attempt;
    }

    Path file() {
        return file;
    }

    /** Whether all attempts were used up by processes that died: then there is none for this worker. */
    public boolean isExhausted() {
        return exhausted;
    }
}
