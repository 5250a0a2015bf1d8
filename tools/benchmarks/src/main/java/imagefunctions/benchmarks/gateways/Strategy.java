package imagefunctions.benchmarks.gateways;

import java.io.IOException;

/** Chooses one of several gateways for each call. */
interface Strategy extends AutoCloseable {
    /** Makes one call: anything but a 2xx fails. */
    void call() throws IOException, InterruptedException;

    @Override
    void close();
}
