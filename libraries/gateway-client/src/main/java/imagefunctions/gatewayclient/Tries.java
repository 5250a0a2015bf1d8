package imagefunctions.gatewayclient;

import java.net.URI;
import java.util.Optional;

/**
 * The tries of one call: the first, and at most one more at another gateway. What they say about their gateways counts
 * once the call is over; for one thread at a time.
 */
public final class Tries implements AutoCloseable {
    private final GatewayPool pool;
    private final Gateways gateways;
    private Optional<Try> first = Optional.empty();
    private Try current;

    Tries(GatewayPool pool, Gateways gateways) {
        this.pool = pool;
        this.gateways = gateways;
        this.current = new Try(pool.select(gateways));
    }

    /** The address of the gateway whose turn it is. */
    public URI address() {
        return current.lease.node().address;
    }

    /** Its name, {@code gateway.openfaas:8080}. */
    public String gateway() {
        return current.lease.node().name();
    }

    /** The call is no longer in flight there, and says this about that gateway. */
    public void ended(Verdict verdict) {
        current.end(verdict);
    }

    /** Goes on to another gateway, if this was the first and there is one that is not ejected. */
    public boolean another() {
        Optional<GatewayPool.Lease> other =
                first.isPresent() ? Optional.empty() : pool.selectOther(gateways, current.lease);
        other.ifPresent(lease -> {
            first = Optional.of(current);
            current = new Try(lease);
        });
        return other.isPresent();
    }

    /** The call is over. */
    @Override
    public void close() {
        current.end(Verdict.NONE);
        first.ifPresent(one -> one.lease.judge(one.verdict.comparedWith(current.verdict)));
        current.lease.judge(current.verdict);
    }

    private static final class Try {
        private final GatewayPool.Lease lease;
        private Verdict verdict = Verdict.NONE;
        private boolean over;

        Try(GatewayPool.Lease lease) {
            this.lease = lease;
        }

        void end(Verdict said) {
            if (!over) {
                over = true;
                lease.end();
                verdict = said;
            }
        }
    }
}
