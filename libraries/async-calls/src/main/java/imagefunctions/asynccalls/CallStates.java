package imagefunctions.asynccalls;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Tells how far calls have come, from what lies on disk. */
final class CallStates {
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
            Optional<DelayQueue.Place> call = folder.calls.find(id);
            if (call.isPresent()) {
                return Optional.of(inLane(id, call.get()));
            }
            Optional<DelayQueue.Place> callback = folder.callbacks.find(id);
            if (callback.isPresent()) {
                return Optional.of(inLane(id, callback.get()));
            }
            for (DelayQueue lane : List.of(folder.calls, folder.callbacks)) {
                Optional<DeadLetters.Letter> letter = folder.dead.find(lane.nameOf(id));
                if (letter.isPresent()) {
                    return Optional.of(CallState.dead(id, readable(letter.get().file()), letter.get()));
                }
            }
            return folder.delivered.find(id);
        } catch (NoSuchFileException moved) {
            return Optional.empty();
        }
    }

    private static CallState inLane(String id, DelayQueue.Place place) throws IOException {
        return readable(place.file())
                .map(item -> switch (item) {
                    case Call call -> CallState.of(call, place);
                    case Callback callback -> CallState.of(callback, place);
                })
                .orElseGet(() -> CallState.unreadable(id, place));
    }

    private static Optional<QueueEntry> readable(Path file) throws IOException {
        try {
            return Optional.of(EntryFile.read(file).item());
        } catch (CorruptEntryException e) {
            return Optional.empty();
        }
    }

    /** The calls whose ids come after this one; the memory needed depends on the page, not on the queue. */
    CallPage page(Optional<Phase> phase, String after, int size) throws IOException {
        TreeSet<String> ids = new TreeSet<>();
        Consumer<String> hold = id -> {
            if (id.compareTo(after) > 0) {
                ids.add(id);
                if (ids.size() > size + 1) {
                    ids.pollLast();
                }
            }
        };
        if (phase.isEmpty()) {
            for (Phase any : Phase.values()) {
                forEachId(any, hold);
            }
        } else {
            forEachId(phase.get(), hold);
        }
        boolean more = ids.size() > size;
        if (more) {
            ids.pollLast();
        }
        List<CallState> states = new ArrayList<>();
        for (String id : ids) {
            find(id).filter(state -> phase.isEmpty() || phase.get() == state.phase())
                    .ifPresent(states::add);
        }
        return new CallPage(states, more ? Optional.of(ids.getLast()) : Optional.empty());
    }

    private void forEachId(Phase phase, Consumer<String> action) throws IOException {
        switch (phase) {
            case QUEUED ->
                folder.calls.forEachId(id -> {
                    if (!folder.calls.isClaimed(id)) {
                        action.accept(id);
                    }
                });
            case RUNNING -> {
                folder.calls.forEachClaimed(action);
                folder.callbacks.forEachId(action::accept);
            }
            case DELIVERED -> folder.delivered.ids().forEach(action);
            case DEAD -> folder.dead.forEachName(name -> action.accept(name.substring(0, name.lastIndexOf('.'))));
        }
    }
}
