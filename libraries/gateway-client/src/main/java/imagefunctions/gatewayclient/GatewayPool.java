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

/** Every gateway that was ever named: chooses among those that are not left out, and learns from their calls. */
final class GatewayPool {
    private static final Logger LOG = System.getLogger("imagefunctions.gatewayclient");

    private final LoadBalancer balancer;
    private final LongSupplier clock;
    private final Map<URI, Node> nodes = new HashMap<>();

    /**
     * An empty pool.
     *
     * @param clock nanoseconds from some beginning on
     */
    GatewayPool(LoadBalancer balancer, LongSupplier clock) {
        this.balancer = balancer;
        this.clock = clock;
    }

    /** Chooses one of them for a call; if all are left out, the one whose time is up first. */
    synchronized Lease choose(Gateways gateways) {
        long now = clock.getAsLong();
        List<Node> all = nodes(gateways);
        List<Node> able = able(all, now);
        return lease(
                able.isEmpty()
                        ? List.of(Collections.min(all, Comparator.comparingLong(node -> node.health.rest(now))))
                        : able,
                now,
                all.size() == 1);
    }

    /** Chooses another one for the same call, if there is one that is not left out. */
    synchronized Optional<Lease> chooseOther(Gateways gateways, Lease first) {
        long now = clock.getAsLong();
        List<Node> others = able(nodes(gateways), now);
        others.remove(first.node);
        return others.isEmpty() ? Optional.empty() : Optional.of(lease(others, now, false));
    }

    private List<Node> nodes(Gateways gateways) {
        return gateways.addresses().stream()
                .map(address -> nodes.computeIfAbsent(address, unseen -> new Node(nodes.size(), unseen)))
                .toList();
    }

    private static List<Node> able(List<Node> nodes, long now) {
        return new ArrayList<>(
                nodes.stream().filter(node -> node.health.mayBeAsked(now)).toList());
    }

    private Lease lease(List<Node> able, long now, boolean alone) {
        List<ServiceInstance> candidates = new ArrayList<>(able);
        // Stork takes the first of equals: idle gateways would never share.
        Collections.shuffle(candidates, ThreadLocalRandom.current());
        ServiceInstance chosen = balancer.selectServiceInstance(candidates);
        Node node = able.stream()
                .filter(one -> one.getId() == chosen.getId())
                .findFirst()
                .orElseThrow();
        chosen.recordStart(false);
        return new Lease(node, chosen, now, node.health.startTrial(now), alone);
    }

    /** One call at the gateway that was chosen for it. */
    final class Lease {
        private final Node node;
        private final ServiceInstance counted;
        private final long begun;
        private final boolean trial;
        private final boolean alone;

        private Lease(Node node, ServiceInstance counted, long begun, boolean trial, boolean alone) {
            this.node = node;
            this.counted = counted;
            this.begun = begun;
            this.trial = trial;
            this.alone = alone;
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

        /** What is known of the gateway now; this is said once, after the end. */
        void judge(Verdict verdict) {
            synchronized (GatewayPool.this) {
                if (trial) {
                    node.health.tried();
                }
                switch (verdict) {
                    case WELL -> well();
                    case FAILED -> failed();
                    case SUSPECT, OPEN -> {}
                }
            }
        }

        private void well() {
            if (node.health.well(begun)) {
                LOG.log(Level.INFO, "The gateway " + node.name() + " answers again.");
            }
        }

        private void failed() {
            if (alone) {
                return;
            }
            Duration pause = node.health.failed(begun, clock.getAsLong());
            if (pause.isPositive()) {
                LOG.log(
                        Level.WARNING,
                        "The gateway " + node.name() + " fails and is left out for " + pause.toSeconds() + " s.");
            }
        }
    }
}
