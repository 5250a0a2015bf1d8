package imagefunctions.functions.chaining;

import jakarta.inject.Singleton;
import java.util.Set;

/** What the workflows of this process are called and say. */
@Singleton
public final class WorkflowTexts {
    private final Set<String> names;
    private final String texts;

    WorkflowTexts(Workflows workflows) {
        this.names = workflows.names();
        this.texts = workflows.files().toString();
    }

    public Set<String> names() {
        return names;
    }

    /** The texts of all files, with their names, for those who keep answers: other texts give other answers. */
    public String all() {
        return texts;
    }
}
