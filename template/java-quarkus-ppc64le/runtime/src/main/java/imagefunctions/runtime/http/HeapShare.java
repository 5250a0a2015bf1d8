package imagefunctions.runtime.http;

import java.util.Optional;

/**
 * The part of the heap that bodies may take, with defaults that fit the heap.
 *
 * @param maxBody bytes of one request's body
 * @param maxHeld bytes of all bodies held in memory together
 */
record HeapShare(long maxBody, long maxHeld) {
    private static final long MEGABYTE = 1 << 20;
    private static final long MAX_BODY = 64 * MEGABYTE;
    private static final long MAX_HELD = 512 * MEGABYTE;

    /** What the heap is divided by for what bodies take if nothing else is said. */
    private static final int USUAL = 4;

    /** The smallest divisor that leaves room for the pictures: a body is copied when it is whole. */
    private static final int SMALLEST = 2;

    /**
     * The settings, and their defaults where they are not set.
     *
     * @throws IllegalArgumentException if they do not fit the heap, with the arithmetic
     */
    static HeapShare of(long heap, Optional<Long> maxBody, Optional<Long> maxHeld) {
        long held = maxHeld.orElse(Math.min(MAX_HELD, heap / USUAL));
        if (held > heap / SMALLEST) {
            throw new IllegalArgumentException(
                    "IMAGE_FUNCTIONS_MAX_HELD is %s, and bodies may take half of the heap, %s / 2 = %s: set it to %s or less, or give the JVM -Xmx%s."
                            .formatted(
                                    mega(held), mega(heap), mega(heap / 2), mega(heap / 2), upward(held * SMALLEST)));
        }
        long body = maxBody.orElse(Math.min(MAX_BODY, held));
        if (body > held && maxHeld.isEmpty()) {
            throw new IllegalArgumentException(
                    "IMAGE_FUNCTIONS_MAX_BODY is %s, and all bodies together may take a quarter of the heap, %s / 4 = %s: set it to %s or less, set IMAGE_FUNCTIONS_MAX_HELD, or give the JVM -Xmx%s."
                            .formatted(mega(body), mega(heap), mega(held), mega(held), upward(body * USUAL)));
        }
        return new HeapShare(body, held);
    }

    private static String mega(long bytes) {
        return bytes % MEGABYTE == 0 ? bytes / MEGABYTE + "M" : Long.toString(bytes);
    }

    private static String upward(long bytes) {
        return Math.ceilDiv(bytes, MEGABYTE) + "m";
    }
}
