package imagefunctions.benchmarks;

import java.nio.file.Path;
import java.util.Optional;

/** An implementation of the operations that measures what they cost. */
interface Competitor extends AutoCloseable {
    String name();

    /**
     * Runs an operation a number of times.
     *
     * @return the cost of one run; empty if the operation is not supported
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
