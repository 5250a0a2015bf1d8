package imagefunctions.benchmarks;

import java.nio.file.Path;
import java.util.Optional;

/** Somebody who can do the operations, and says what they cost. */
interface Competitor extends AutoCloseable {
    String name();

    /**
     * Does an operation so many times.
     *
     * @return what one cost, or nothing if it is not offered
     */
    Optional<Cost> run(String operation, Path picture, int times);

    @Override
    void close();

    /**
     * The cost of one operation.
     *
     * @param milliseconds of CPU time, user and system
     * @param bytes of the result
     */
    record Cost(double milliseconds, int bytes) {}
}
