package imagefunctions.egress;

import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** Tells the client which proxy a URL is called by. */
final class ProxyChoice extends ProxySelector {
    private final Proxies proxies;

    ProxyChoice(Proxies proxies) {
        this.proxies = proxies;
    }

    @Override
    public List<Proxy> select(@Nullable URI uri) {
        HttpUrl url = uri == null ? null : HttpUrl.get(uri);
        return url == null
                ? List.of(Proxy.NO_PROXY)
                : List.of(proxies.server(url).map(Proxies.Server::proxy).orElse(Proxy.NO_PROXY));
    }

    @Override
    public void connectFailed(@Nullable URI uri, @Nullable SocketAddress address, @Nullable IOException failure) {
        // There is no second one to try.
    }
}
