package imagefunctions.benchmarks.gateways;

import java.io.IOException;

/** A way to have a call made by one of several gateways. */
interface Way extends AutoCloseable {
    /** Makes one call: anything but a 2xx fails. */
    void call() throws IOException, InterruptedException;

    @Override
    void close();
}
