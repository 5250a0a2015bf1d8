package imagefunctions.receiver;

import imagefunctions.runtime.Problem;
import imagefunctions.runtime.ProblemException;
import imagefunctions.runtime.http.Answers;
import imagefunctions.runtime.http.HttpLimits;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jboss.logging.Logger;

/** {@code GET /messages.zip}: all messages, or those that are looked for, in one file that is made as it is sent. */
@Singleton
final class ArchiveRoute {
    private static final Logger LOG = Logger.getLogger("messages");
    private static final int MOST_AT_ONCE = 4;
    private static final int PIECE = 64 << 10;

    private final MessageStore store;
    private final HttpLimits limits;
    private final Answers answers;
    private final Semaphore permits = new Semaphore(MOST_AT_ONCE);

    ArchiveRoute(MessageStore store, HttpLimits limits, Answers answers) {
        this.store = store;
        this.limits = limits;
        this.answers = answers;
    }

    void routes(@Observes Router router) {
        router.get("/messages.zip").handler(this::archive);
    }

    private void archive(RoutingContext context) {
        try {
            List<Message> messages = store.before(Long.MAX_VALUE, Integer.MAX_VALUE, Search.of(context.request()));
            if (!permits.tryAcquire()) {
                throw new Problem.TooManyCalls(MOST_AT_ONCE + " archives are being sent already: ask again later.")
                        .asException();
            }
            HttpServerResponse response = context.response()
                    .setChunked(true)
                    .putHeader("Content-Type", "application/zip")
                    .putHeader("Content-Disposition", "attachment; filename=\"messages.zip\"");
            Thread.ofVirtual().name("archive").start(() -> send(context, messages, response));
        } catch (ProblemException e) {
            answers.problem(context, e.problem());
        }
    }

    private void send(RoutingContext context, List<Message> messages, HttpServerResponse response) {
        try {
            try (ZipOutputStream zip = new ZipOutputStream(new BufferedOutputStream(new Body(response), PIECE))) {
                zip.setLevel(Deflater.NO_COMPRESSION); // pictures are compressed already
                for (Message message : messages) {
                    add(zip, message);
                }
            }
            response.end();
        } catch (IOException e) {
            LOG.debugf("An archive was not taken: %s", e.getMessage());
            Answers.cutOff(context);
        } catch (RuntimeException e) {
            LOG.error("An archive cannot be made", e);
            Answers.cutOff(context);
        } finally {
            permits.release();
        }
    }

    private void add(ZipOutputStream zip, Message message) throws IOException {
        String folder = message.failed() ? "failures/" : "messages/";
        ZipEntry entry = new ZipEntry(folder + MessageNames.folderOf(message.callId()) + "/" + message.name());
        entry.setTimeLocal(LocalDateTime.ofInstant(message.received(), ZoneId.systemDefault()));
        try (var content = Files.newInputStream(store.file(message))) {
            zip.putNextEntry(entry);
            content.transferTo(zip);
            zip.closeEntry();
        } catch (NoSuchFileException deletedMeanwhile) {
            LOG.debugf("%s was deleted meanwhile", message.name());
        }
    }

    /** The answer's body; whoever writes waits until it was taken. */
    private final class Body extends OutputStream {
        private final HttpServerResponse response;

        Body(HttpServerResponse response) {
            this.response = response;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            try {
                response.write(Buffer.buffer(Arrays.copyOfRange(bytes, from, from + length)))
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get(limits.writeTimeout().toMillis(), TimeUnit.MILLISECONDS);
            } catch (ExecutionException | TimeoutException e) {
                throw new IOException("the reader does not take it", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException();
            }
        }
    }
}
