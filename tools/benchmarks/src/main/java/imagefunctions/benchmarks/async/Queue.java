package imagefunctions.benchmarks.async;

/** A durable queue, as its clients see it. */
interface Queue extends AutoCloseable {
    String name();

    /** Puts one message in, and returns when the queue has acknowledged it. */
    void put(byte[] body) throws Exception;

    /** Returns when nothing of earlier messages keeps the machine busy. */
    void rest() throws Exception;

    @Override
    void close();
}
