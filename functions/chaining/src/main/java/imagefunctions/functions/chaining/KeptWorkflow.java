package imagefunctions.functions.chaining;

import imagefunctions.functions.chaining.workflow.Workflow;
import imagefunctions.functions.chaining.yaml.WorkflowFiles;
import imagefunctions.gatewayclient.Gateways;
import imagefunctions.workflowruns.RunHead;
import java.io.IOException;
import java.util.Optional;

/** The workflow of a run, of the files that it keeps: those of the folder may have changed since. */
public final class KeptWorkflow {
    private KeptWorkflow() {}

    /** The workflow as it was when the run began. */
    public static Workflow of(RunHead head, Optional<Gateways> gateways) throws IOException {
        Workflow workflow = WorkflowFiles.read(head.files(), gateways).get(head.workflow());
        if (workflow == null) {
            throw new IOException("the run " + head.id() + " lacks the file of its workflow " + head.workflow());
        }
        return workflow;
    }
}
