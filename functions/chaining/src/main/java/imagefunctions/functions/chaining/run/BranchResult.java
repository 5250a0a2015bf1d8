package imagefunctions.functions.chaining.run;

import imagefunctions.functions.chaining.workflow.Body;

/** What one branch made. */
record BranchResult(String name, Body body) {}
