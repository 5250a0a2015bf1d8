package imagefunctions.gatewayclient;

import io.smallrye.stork.api.LoadBalancer;
import io.smallrye.stork.api.ServiceInstance;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

/** Every gateway that was ever named: selects one that is not ejected for each call, and learns from the outcomes. */
public final class GatewayPool {
    private static final Logger LOG = System.getLogger("imagefunctions.gatewayclient");

    private final LoadBalancer balancer;
    private final LongSupplier clock;
    private final Map<URI, Node> nodes = new HashMap<>();

    /** An empty pool. */
    public GatewayPool(GatewayChoice choice) {
        this(choice.balancer(), System::nanoTime);
    }

    /**
     * An empty pool.
     *
     * @param clock nanoseconds from some beginning on
     */
    GatewayPool(LoadBalancer balancer, LongSupplier clock) {
        this.balancer = balancer;
        this.clock = clock;
    }

    /** Begins a call at one of them. */
    public Tries begin(Gateways gateways) {
        return new Tries(this, gateways);
    }

    /** How many of them are not ejected now. */
    public synchronized int available(Gateways gateways) {
        return available(nodes(gateways), clock.getAsLong()).size();
    }

    /** Selects one of them for a call; if all are ejected, the one whose ejection ends first. */
    synchronized Lease select(Gateways gateways) {
        long now = clock.getAsLong();
        List<Node> all = nodes(gateways);
        List<Node> available = available(all, now);
        return lease(
                available.isEmpty()
                        ? List.of(Collections.min(
                                all, Comparator.comparingLong(node -> node.breaker.remainingEjection(now))))
                        : available,
                now,
                all.size() == 1);
    }

    /** Selects another one for the same call, if there is one that is not ejected. */
    synchronized Optional<Lease> selectOther(Gateways gateways, Lease first) {
        long now = clock.getAsLong();
        List<Node> others = available(nodes(gateways), now);
        others.remove(first.node);
        return others.isEmpty() ? Optional.empty() : Optional.of(lease(others, now, false));
    }

    private List<Node> nodes(Gateways gateways) {
        return gateways.addresses().stream()
                .map(address -> nodes.computeIfAbsent(address, unseen -> new Node(nodes.size(), unseen)))
                .toList();
    }

    private static List<Node> available(List<Node> nodes, long now) {
        return new ArrayList<>(
                nodes.stream().filter(node -> node.breaker.permitsCall(now)).toList());
    }

    private Lease lease(List<Node> available, long now, boolean only) {
        List<ServiceInstance> candidates = new ArrayList<>(available);
        // Stork takes the first of equals: idle gateways would never share.
        Collections.shuffle(candidates, ThreadLocalRandom.current());
        ServiceInstance chosen = balancer.selectServiceInstance(candidates);
        Node node = available.stream()
                .filter(one -> one.getId() == chosen.getId())
                .findFirst()
                .orElseThrow();
        chosen.recordStart(false);
        return new Lease(node, chosen, now, node.breaker.beginProbe(now), only);
    }

    /** One call at the gateway that was chosen for it. */
    final class Lease {
        private final Node node;
        private final ServiceInstance counted;
        private final long started;
        private final boolean probe;
        private final boolean only;

        private Lease(Node node, ServiceInstance counted, long started, boolean probe, boolean only) {
            this.node = node;
            this.counted = counted;
            this.started = started;
            this.probe = probe;
            this.only = only;
        }

        Node node() {
            return node;
        }

        /** The call is no longer in flight. */
        void end() {
            synchronized (GatewayPool.this) {
                counted.recordEnd(null);
            }
        }

        /** Reports what the call says about the gateway: once, after the end. */
        void judge(Verdict verdict) {
            synchronized (GatewayPool.this) {
                if (probe) {
                    node.breaker.probed();
                }
                switch (verdict) {
                    case SUCCESS -> succeeded();
                    case FAILURE -> failed();
                    case SUSPECT, NONE -> {}
                }
            }
        }

        private void succeeded() {
            if (node.breaker.succeeded(started)) {
                LOG.log(Level.INFO, "The gateway " + node.name() + " answers again.");
            }
        }

        private void failed() {
            if (only) {
                return;
            }
            Duration ejection = node.breaker.failed(started, clock.getAsLong());
            if (ejection.isPositive()) {
                LOG.log(
                        Level.WARNING,
                        "The gateway " + node.name() + " fails and is ejected for " + ejection.toSeconds() + " s.");
            }
        }
    }
}
