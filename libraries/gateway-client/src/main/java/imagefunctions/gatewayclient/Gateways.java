package imagefunctions.gatewayclient;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The gateways that have the same functions: any of them may be asked.
 *
 * @param addresses each without a slash at the end, none of them twice
 */
public record Gateways(List<URI> addresses) {
    private static final int MOST = 32;
    private static final int HIGHEST_PORT = 65535;

    public Gateways {
        addresses = addresses.stream().distinct().toList();
        if (addresses.isEmpty() || addresses.size() > MOST) {
            throw new IllegalArgumentException("write from 1 to " + MOST + " addresses, these are " + addresses.size());
        }
    }

    /**
     * Reads addresses that are separated by commas, each with or without a slash at its end.
     *
     * @throws IllegalArgumentException in words that say what to write instead
     */
    public static Gateways parse(String text) {
        return new Gateways(
                Arrays.stream(text.split(",", -1)).map(Gateways::address).toList());
    }

    /**
     * Reads the setting {@code gateway_url}.
     *
     * @throws IllegalArgumentException names the setting and what to write instead
     */
    public static Gateways ofSetting(String text) {
        try {
            return parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("gateway_url is \"" + text + "\": " + e.getMessage(), e);
        }
    }

    private static URI address(String text) {
        URI uri = URI.create(text.strip().replaceAll("/+$", ""));
        boolean http = uri.getScheme() != null
                && uri.getScheme().toLowerCase(Locale.ROOT).matches("https?")
                && uri.getHost() != null;
        if (!http || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "write an address such as http://gateway.openfaas:8080, or several separated by commas");
        }
        if (uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException("leave user and password out of the address: they belong into the"
                    + " secrets basic-auth-user and basic-auth-password");
        }
        if (uri.getPort() > HIGHEST_PORT) {
            throw new IllegalArgumentException("its port is none: give one from 1 to " + HIGHEST_PORT);
        }
        return uri;
    }

    /** The addresses, separated by commas. */
    @Override
    public String toString() {
        return addresses.stream().map(URI::toString).collect(Collectors.joining(", "));
    }
}
