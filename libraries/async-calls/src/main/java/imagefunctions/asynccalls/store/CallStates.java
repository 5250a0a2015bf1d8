package imagefunctions.asynccalls.store;

import imagefunctions.asynccalls.Call;
import imagefunctions.asynccalls.CallFilter;
import imagefunctions.asynccalls.CallPage;
import imagefunctions.asynccalls.CallState;
import imagefunctions.asynccalls.Callback;
import imagefunctions.asynccalls.Phase;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;

/** How far calls have come, from what is on disk. */
final class CallStates {
    /** Calls that one page is looked for among, where their files must be read to know. */
    private static final int LOOKED_THROUGH = 10_000;

    private final SpoolFolder folder;

    CallStates(SpoolFolder folder) {
        this.folder = folder;
    }

    Optional<CallState> find(String id) throws IOException {
        if (!Call.isId(id)) {
            return Optional.empty();
        }
        // A call that is being moved while it is looked for may be missed once.
        for (int look = 0; look < 3; look++) {
            Optional<CallState> state = look(id);
            if (state.isPresent()) {
                return state;
            }
        }
        return Optional.empty();
    }

    private Optional<CallState> look(String id) throws IOException {
        try {
            for (DelayQueue<?> queue : folder.queues()) {
                Optional<AttemptFolders.Location> location = queue.find(id);
                if (location.isPresent()) {
                    return Optional.of(queued(id, location.get(), queue.isClaimed(id)));
                }
            }
            for (String name : List.of(CallQueues.nameOf(id), folder.callbacks.nameOf(id))) {
                Optional<DeadLetters.DeadLetter> letter = folder.dead.find(name);
                if (letter.isPresent()) {
                    return Optional.of(letter.get().state(id));
                }
            }
            return folder.delivered.find(id);
        } catch (NoSuchFileException moved) {
            return Optional.empty();
        }
    }

    private static CallState queued(String id, AttemptFolders.Location location, boolean claimed) throws IOException {
        Optional<Instant> nextAttempt = claimed ? Optional.empty() : Optional.of(location.due());
        return EntryFile.readable(location.file())
                .map(entry -> switch (entry) {
                    case Call call -> of(call, claimed ? Phase.RUNNING : Phase.QUEUED, location, nextAttempt);
                    case Callback callback -> of(callback, location, nextAttempt);
                })
                .orElseGet(() -> unreadable(id, location));
    }

    private static CallState of(
            Call call, Phase phase, AttemptFolders.Location location, Optional<Instant> nextAttempt) {
        return new CallState(
                call.id(),
                phase,
                call.function(),
                Optional.of(call.accepted()),
                location.attempts(),
                Optional.empty(),
                0,
                nextAttempt,
                Optional.empty(),
                Optional.empty());
    }

    private static CallState of(Callback callback, AttemptFolders.Location location, Optional<Instant> nextAttempt) {
        return new CallState(
                callback.id(),
                Phase.RUNNING,
                callback.function(),
                Optional.of(callback.accepted()),
                callback.attempts(),
                Optional.of(callback.status()),
                location.attempts(),
                nextAttempt,
                Optional.empty(),
                callback.failure());
    }

    /** A call whose file was altered: a worker that comes to it makes it a dead letter. */
    private static CallState unreadable(String id, AttemptFolders.Location location) {
        return new CallState(
                id,
                Phase.QUEUED,
                "",
                Optional.empty(),
                location.attempts(),
                Optional.empty(),
                0,
                Optional.of(location.due()),
                Optional.empty(),
                Optional.empty());
    }

    /** The calls whose ids come after this one; the memory needed depends on the page, not on the queue. */
    CallPage page(CallFilter filter, String after, int size) throws IOException {
        int looked = filter.functionStatuses().isEmpty() ? size : LOOKED_THROUGH;
        TreeSet<String> ids = new TreeSet<>();
        Consumer<String> hold = id -> {
            if (id.compareTo(after) > 0) {
                ids.add(id);
                if (ids.size() > looked + 1) {
                    ids.pollLast();
                }
            }
        };
        for (Phase phase : Phase.values()) {
            boolean unanswered =
                    phase == Phase.QUEUED && !filter.functionStatuses().isEmpty();
            if (filter.phase().orElse(phase) == phase && !unanswered) {
                forEachId(phase, hold);
            }
        }
        Optional<String> beyond = ids.size() > looked ? Optional.ofNullable(ids.pollLast()) : Optional.empty();
        List<CallState> states = new ArrayList<>();
        String last = "";
        while (!ids.isEmpty() && states.size() < size) {
            last = ids.removeFirst();
            find(last).filter(filter::accepts).ifPresent(states::add);
        }
        return new CallPage(states, ids.isEmpty() && beyond.isEmpty() ? Optional.empty() : Optional.of(last));
    }

    private void forEachId(Phase phase, Consumer<String> action) throws IOException {
        switch (phase) {
            case QUEUED -> {
                for (DelayQueue<Call> queue : folder.calls.all()) {
                    queue.forEachId(id -> {
                        if (!queue.isClaimed(id)) {
                            action.accept(id);
                        }
                    });
                }
            }
            case RUNNING -> {
                folder.calls.all().forEach(queue -> queue.forEachClaimed(action));
                folder.callbacks.forEachId(action::accept);
            }
            case DELIVERED -> folder.delivered.ids().forEach(action);
            case DEAD -> folder.dead.forEachName(name -> action.accept(name.substring(0, name.lastIndexOf('.'))));
        }
    }
}
