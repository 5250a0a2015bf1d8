package imagefunctions.gatewayclient;

import io.smallrye.stork.api.ServiceInstance;
import java.net.URI;
import java.util.Optional;

/** One gateway and its circuit breaker. */
final class Node implements ServiceInstance {
    final URI address;
    final CircuitBreaker breaker = new CircuitBreaker();
    private final long id;

    Node(long id, URI address) {
        this.id = id;
        this.address = address;
    }

    /** As in {@code X-Gateway-Node}: {@code gateway.openfaas:8080}. */
    String name() {
        return getHost() + ":" + getPort();
    }

    @Override
    public long getId() {
        return id;
    }

    @Override
    public String getHost() {
        return address.getHost();
    }

    @Override
    public int getPort() {
        return address.getPort() >= 0 ? address.getPort() : isSecure() ? 443 : 80;
    }

    @Override
    public Optional<String> getPath() {
        return Optional.of(address.getPath()).filter(path -> !path.isEmpty());
    }

    @Override
    public boolean isSecure() {
        return address.getScheme().equalsIgnoreCase("https");
    }
}
