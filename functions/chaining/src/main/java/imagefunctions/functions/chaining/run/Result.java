package imagefunctions.functions.chaining.run;

import imagefunctions.functions.chaining.flow.Body;

/** What one branch made. */
record Result(String name, Body body) {}
