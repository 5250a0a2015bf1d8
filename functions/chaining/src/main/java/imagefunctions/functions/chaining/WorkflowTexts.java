package imagefunctions.functions.chaining;

import jakarta.inject.Singleton;

/** What the workflows of this process say, for those who keep answers: other texts give other answers. */
@Singleton
public final class WorkflowTexts {
    private final String texts;

    WorkflowTexts(Workflows workflows) {
        this.texts = workflows.files().toString();
    }

    /** The texts of all files, with their names. */
    public String all() {
        return texts;
    }
}
