package imagefunctions.runtime.http;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.PropertiesConfigSource;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** Lets other settings name the process's own address, as {@code ${own-address}}. */
public final class OwnAddressSource implements ConfigSourceFactory {
    private static final int BELOW_ALL_OTHERS = 1;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        String host = context.getValue("quarkus.http.host").getValue();
        return host == null
                ? List.of()
                : List.of(new PropertiesConfigSource(
                        Map.of("own-address", new OwnAddress(host).reachable()), "own address", BELOW_ALL_OTHERS));
    }
}
