package imagefunctions.asynccalls.jetstream;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathBuilderException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Those who may sign a server's certificate.
 *
 * @param file with their own, in PEM; without it, those whom this Java runtime trusts
 */
record Authorities(Optional<Path> file) {
    /** TLS with servers whose certificates one of them signed, for the names that the servers are called by. */
    SSLContext context() throws IOException, GeneralSecurityException {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(file.isPresent() ? store(file.get()) : null);
        for (TrustManager manager : trust.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager certificates) {
                SSLContext context = SSLContext.getInstance("TLS");
                context.init(null, new TrustManager[] {new NamedServers(certificates)}, null);
                return context;
            }
        }
        throw new GeneralSecurityException("this Java runtime checks no certificates");
    }

    private static KeyStore store(Path pem) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (Certificate certificate : read(pem)) {
            store.setCertificateEntry("authority-" + store.size(), certificate);
        }
        if (store.size() == 0) {
            throw holdsNone(pem);
        }
        return store;
    }

    private static Collection<? extends Certificate> read(Path pem) throws IOException, GeneralSecurityException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        try (InputStream in = Files.newInputStream(pem)) {
            return factory.generateCertificates(in);
        } catch (CertificateException e) {
            throw holdsNone(pem);
        }
    }

    private static IOException holdsNone(Path pem) {
        return new IOException(pem + " holds no certificates in PEM: put those there of who signs the servers'");
    }

    /** Why there is no TLS with a server, if that is what this failure says. */
    Optional<String> refusal(Throwable failure) {
        if (causes(failure).anyMatch(CertPathBuilderException.class::isInstance)) {
            return Optional.of(file.map(pem -> "its certificate is signed by none of those in " + pem)
                    .orElse("its certificate is signed by nobody whom this Java runtime trusts:"
                            + " IMAGE_FUNCTIONS_QUEUE_AUTHORITIES names a file with the certificate of who does"));
        }
        return causes(failure)
                .filter(cause -> cause instanceof SSLException || cause instanceof CertificateException)
                .findFirst()
                .map(cause -> "there is no TLS with it: " + cause.getMessage());
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
    }
}
