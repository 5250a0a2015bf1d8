package imagefunctions.receiver;

import com.fasterxml.jackson.databind.ObjectMapper;
import imagefunctions.folders.NameEncoding;
import imagefunctions.reasons.Reason;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** All messages: each kept once, found by name and call id, listed newest first. */
@Startup
@Singleton
final class MessageStore {
    /** A message as it is kept, and whether it was kept before. */
    record Kept(Message message, boolean before) {}

    private final MessageFolder folder;
    private final Quota quota;
    private final TreeMap<Long, Message> byNumber = new TreeMap<>();
    private final Map<Message.Key, Message> byKey = new HashMap<>();
    private final Map<String, Message> newestByName = new HashMap<>();
    /** Held while files are named, so that nobody who only reads waits for the disk. */
    private final ReentrantLock keeping = new ReentrantLock();

    private Consumer<Message> listener = message -> {};

    MessageStore(ReceiverSettings settings, ObjectMapper json) {
        this.quota = new Quota(settings);
        try {
            NameEncoding.requireUtf8();
            this.folder = new MessageFolder(settings.folder(), json);
            for (Message message : folder.load()) {
                quota.add(message.size());
                enter(message);
            }
        } catch (IOException e) {
            // Without the cause, which would be printed with its stack instead.
            throw new ConfigurationException(
                    "The folder of messages cannot be used (IMAGE_FUNCTIONS_MESSAGES_FOLDER): " + Reason.of(e));
        }
    }

    /** Calls the listener for every message that is kept from now on, in their order. */
    synchronized void onKept(Consumer<Message> listener) {
        this.listener = listener;
    }

    Quota quota() {
        return quota;
    }

    Path arriving() {
        return folder.arriving();
    }

    Path file(Message message) {
        return folder.file(message);
    }

    /**
     * Keeps an arrived message under the next number, unless it is a repetition.
     *
     * @param takeRoom called before it is kept; what it throws is thrown on
     */
    Kept keep(Message unnumbered, Path arrived, Runnable takeRoom) throws IOException {
        keeping.lock();
        try {
            Optional<Message> before = find(unnumbered.key());
            if (before.isPresent()) {
                return new Kept(before.get(), true);
            }
            takeRoom.run();
            Message message = numbered(unnumbered);
            folder.keep(message, arrived);
            enter(message);
            return new Kept(message, false);
        } finally {
            keeping.unlock();
        }
    }

    /** Microseconds since 1970, or one more than the last: so numbers grow across restarts too. */
    private synchronized Message numbered(Message m) {
        long now = ChronoUnit.MICROS.between(Instant.EPOCH, m.received());
        long number = byNumber.isEmpty() ? now : Math.max(now, byNumber.lastKey() + 1);
        return new Message(
                number, m.name(), m.callId(), m.function(), m.status(), m.seconds(), m.type(), m.size(), m.received());
    }

    private synchronized void enter(Message message) {
        byNumber.put(message.number(), message);
        byKey.put(message.key(), message);
        if (!message.failed()) {
            newestByName.put(message.name(), message);
        }
        listener.accept(message);
    }

    /** Forgets a message for good, and makes room for another; not what came in its place after it was deleted. */
    void delete(Message message) throws IOException {
        keeping.lock();
        try {
            if (find(message.key()).filter(message::equals).isPresent()) {
                folder.delete(message);
                leave(message);
                quota.giveBack(message.size());
            }
        } finally {
            keeping.unlock();
        }
    }

    private synchronized void leave(Message message) {
        byNumber.remove(message.number());
        byKey.remove(message.key());
        if (newestByName.remove(message.name(), message)) {
            byNumber.descendingMap().values().stream()
                    .filter(other -> !other.failed() && other.name().equals(message.name()))
                    .findFirst()
                    .ifPresent(older -> newestByName.put(older.name(), older));
        }
    }

    synchronized Optional<Message> find(Message.Key key) {
        return Optional.ofNullable(byKey.get(key));
    }

    /** The newest of this name that is no failure. */
    synchronized Optional<Message> newest(String name) {
        return Optional.ofNullable(newestByName.get(name));
    }

    synchronized int count() {
        return byNumber.size();
    }

    /** The newest that are looked for and came before this number, newest first. */
    synchronized List<Message> before(long number, int most, Search search) {
        return byNumber.headMap(number, false).descendingMap().values().stream()
                .filter(search::finds)
                .limit(most)
                .toList();
    }

    /** The oldest that came after this number, oldest first. */
    synchronized List<Message> after(long number, int most) {
        return byNumber.tailMap(number, false).values().stream().limit(most).toList();
    }

    @PreDestroy
    void close() throws IOException {
        folder.close();
    }
}
