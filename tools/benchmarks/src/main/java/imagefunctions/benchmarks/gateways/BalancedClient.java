package imagefunctions.benchmarks.gateways;

import imagefunctions.gatewayclient.CallOutcome;
import imagefunctions.gatewayclient.FunctionRequest;
import imagefunctions.gatewayclient.GatewayChoice;
import imagefunctions.gatewayclient.GatewayClient;
import imagefunctions.gatewayclient.Gateways;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Our client, as {@code chaining} and {@code processimages} use it. */
final class BalancedClient implements Strategy {
    private final GatewayClient client;
    private final Gateways gateways;

    BalancedClient(GatewayChoice choice, List<URI> gateways) {
        this.client = new GatewayClient(choice, Optional.empty());
        this.gateways = new Gateways(gateways);
    }

    @Override
    public void call() throws IOException, InterruptedException {
        FunctionRequest request =
                FunctionRequest.toFunction("f", "", "POST", Map.of(), BodyPublishers.ofString("body"));
        CallOutcome<Void> outcome = client.call(gateways, request, BodyHandlers.discarding(), Duration.ofMinutes(5));
        if (!(outcome instanceof CallOutcome.Answered<Void> answered
                && answered.response().statusCode() / 100 == 2)) {
            throw new IOException(outcome.toString());
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
