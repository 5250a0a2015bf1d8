package imagefunctions.benchmarks;

import java.nio.file.Path;
import java.util.OptionalDouble;

/** An implementation of the operations that measures what they cost. */
interface Competitor extends AutoCloseable {
    String name();

    /** The milliseconds of CPU time after which it is as fast as it gets: Java's code has to be compiled first. */
    int warmUp();

    /**
     * Runs an operation a number of times.
     *
     * @return the milliseconds of CPU time, user and system, of one run; empty if the operation is not supported
     */
    OptionalDouble run(String operation, Path picture, int times);

    /** Runs an operation that is supported, and keeps the picture. */
    void write(String operation, Path picture, Path result);

    @Override
    void close();
}
