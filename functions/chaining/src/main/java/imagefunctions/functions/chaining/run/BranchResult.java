package imagefunctions.functions.chaining.run;

import imagefunctions.functions.chaining.workflow.Body;

/** The result of one branch. */
record BranchResult(String name, Body body) {}
