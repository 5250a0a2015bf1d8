package imagefunctions.embeddeds3;

import imagefunctions.folders.NameEncoding;
import imagefunctions.folders.PrivateFolder;
import imagefunctions.reasons.Reason;
import imagefunctions.storage.ObjectEvent;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.gaul.s3proxy.AccessGrant;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.gaul.shaded.org.eclipse.jetty.http.HttpCompliance;
import org.gaul.shaded.org.eclipse.jetty.server.Connector;
import org.gaul.shaded.org.eclipse.jetty.server.HttpConfiguration;
import org.gaul.shaded.org.eclipse.jetty.server.HttpConnectionFactory;
import org.gaul.shaded.org.eclipse.jetty.server.Server;
import org.gaul.shaded.org.eclipse.jetty.server.ServerConnector;

/** An S3 server in this process: one access key, objects as files of a folder, and an event for each that is written. */
public final class EmbeddedS3 implements AutoCloseable {
    private static final int THREADS = 32;
    private static final Duration HEAD_TIMEOUT = Duration.ofSeconds(10);
    private static final String PROBE = "image-functions.probe";

    private final S3Proxy server;

    private EmbeddedS3(S3Proxy server) {
        this.server = server;
    }

    /** Starts a server that looks at every request. */
    public static EmbeddedS3 start(
            Path folder, URI endpoint, String accessKey, String secretKey, Consumer<ObjectEvent> events)
            throws IOException {
        return start(
                folder, endpoint, accessKey, secretKey, events, (method, headers) -> Optional.empty(), HEAD_TIMEOUT);
    }

    /**
     * Starts the server and returns when it answers, after about two seconds.
     *
     * @param folder of the objects, one folder a bucket
     * @param endpoint http, an address of this machine, and a port that is free
     * @param events receives an event for every object, before the object's writer gets the answer
     * @param headTimeout for a request's head to arrive, from its first byte
     */
    public static EmbeddedS3 start(
            Path folder,
            URI endpoint,
            String accessKey,
            String secretKey,
            Consumer<ObjectEvent> events,
            Guard guard,
            Duration headTimeout)
            throws IOException {
        NameEncoding.requireUtf8();
        PrivateFolder.make(folder);
        requireAttributes(folder);
        // Below a relative path it lists nothing.
        String root = folder.toAbsolutePath().normalize().toString();
        BlobStore objects = new WatchedBlobStore(new FilesystemNio2BlobStore(root), events);
        AccessGrant granted = new AccessGrant(secretKey, objects);
        S3Proxy server = S3Proxy.builder()
                .blobStore(objects)
                .endpoint(endpoint)
                .awsAuthentication(AuthenticationType.AWS_V4, accessKey, secretKey)
                .jettyMaxThreads(THREADS)
                .build();
        server.setBlobStoreLocator((identity, bucket, object) -> accessKey.equals(identity) ? granted : null);
        try {
            setUp(jetty(server), guard, headTimeout);
            server.start();
        } catch (Exception e) {
            throw new IOException("the S3 server cannot start at " + endpoint + ": " + Reason.of(e), e);
        }
        return new EmbeddedS3(server);
    }

    /** As the newest standard has it, where S3Proxy asks for what was allowed in 1999. */
    private static void setUp(Server jetty, Guard guard, Duration headTimeout) {
        jetty.insertHandler(new Door(guard));
        jetty.setErrorHandler(new UnreadableRequests(jetty.getErrorHandler()));
        for (Connector connector : jetty.getConnectors()) {
            ServerConnector server = (ServerConnector) connector;
            HttpConfiguration http =
                    server.getConnectionFactory(HttpConnectionFactory.class).getHttpConfiguration();
            http.setHttpCompliance(HttpCompliance.RFC9110);
            server.setConnectionFactories(List.of(new HeadTimeout(headTimeout, http)));
        }
    }

    /** S3Proxy does not show the server that it sets up, nor take a handler of ours. */
    private static Server jetty(S3Proxy proxy) throws ReflectiveOperationException {
        Field server = S3Proxy.class.getDeclaredField("server");
        server.setAccessible(true);
        return (Server) server.get(proxy);
    }

    /** Objects' types and metadata are attributes of their files. */
    private static void requireAttributes(Path folder) throws IOException {
        UserDefinedFileAttributeView attributes =
                Files.getFileAttributeView(folder, UserDefinedFileAttributeView.class);
        try {
            attributes.write(PROBE, ByteBuffer.wrap(new byte[] {1}));
            attributes.delete(PROBE);
        } catch (IOException e) {
            throw new IOException(
                    "the S3 server cannot keep objects in " + folder
                            + ": choose a folder on a file system that takes user attributes (" + Reason.of(e) + ")",
                    e);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IOException("The S3 server did not stop in order.", e);
        }
    }
}
