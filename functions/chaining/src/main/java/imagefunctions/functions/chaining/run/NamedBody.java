package imagefunctions.functions.chaining.run;

import imagefunctions.functions.chaining.workflow.Body;

/** What one iteration of a foreach begins with. */
record NamedBody(String name, Body body) {}
