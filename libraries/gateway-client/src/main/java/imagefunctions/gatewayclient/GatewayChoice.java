package imagefunctions.gatewayclient;

import io.smallrye.stork.api.LoadBalancer;
import io.smallrye.stork.loadbalancer.poweroftwochoices.PowerOfTwoChoicesConfiguration;
import io.smallrye.stork.loadbalancer.poweroftwochoices.PowerOfTwoChoicesLoadBalancerProvider;
import io.smallrye.stork.loadbalancer.requests.LeastRequestsLoadBalancer;

/** How one of several gateways is chosen, by the names that SmallRye Stork has for it. */
public enum GatewayChoice {
    /** The one with the fewest calls in flight from here. */
    LEAST_REQUESTS,
    /** Of two at random, the one with fewer. */
    POWER_OF_TWO_CHOICES;

    LoadBalancer balancer() {
        return switch (this) {
            case LEAST_REQUESTS -> new LeastRequestsLoadBalancer();
            case POWER_OF_TWO_CHOICES ->
                new PowerOfTwoChoicesLoadBalancerProvider()
                        .createLoadBalancer(new PowerOfTwoChoicesConfiguration(), null);
        };
    }
}
