package imagefunctions.localgateway.backends;

import imagefunctions.gatewayclient.Gateways;

/**
 * Where a function is called that does not run in this process.
 *
 * @param addresses any of which may be asked
 * @param path of the function below each: empty at its own address
 * @param gateway whether these are gateways, which may ask for credentials
 */
public record Destination(Gateways addresses, String path, boolean gateway) {
    static Destination function(Gateways addresses) {
        return new Destination(addresses, "", false);
    }

    static Destination behind(Gateways gateways, String function) {
        return new Destination(gateways, "/function/" + function, true);
    }

    /** The path of a call below an address, {@code rest} being what follows the function's name. */
    public String pathOf(String rest) {
        return path + rest;
    }
}
