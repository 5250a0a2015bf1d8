package imagefunctions.workflowruns;

import java.util.List;
import java.util.Optional;

/** What a run keeps of its steps so that it calls none again that has ended, and what it is asked to do. */
public interface Journal {
    /** Keeps nothing: the journal of a run that lives in one call. */
    Journal NONE = new Journal() {
        @Override
        public Optional<Kept<StepHead>> kept(String key) {
            return Optional.empty();
        }

        @Override
        public Kept<StepHead> keep(Kept<StepHead> step) {
            return step;
        }

        @Override
        public List<StepHead.Attempt> tried(String key) {
            return List.of();
        }

        @Override
        public void keep(Tried tried) {
            // It is kept with the step's end.
        }

        @Override
        public Wish wish() {
            return Wish.GO_ON;
        }
    };

    /** How the step ended, if it has. */
    Optional<Kept<StepHead>> kept(String key);

    /** Keeps how a step ended; if another runner was first, it is that one's that counts, and is returned. */
    Kept<StepHead> keep(Kept<StepHead> step);

    /** The attempts at a step that has not ended, in earlier calls of this run. */
    List<StepHead.Attempt> tried(String key);

    /** Keeps the attempts at a step that is tried again, until it has ended. */
    void keep(Tried tried);

    /** What the run is asked to do, before each step that has not ended. */
    Wish wish();
}
