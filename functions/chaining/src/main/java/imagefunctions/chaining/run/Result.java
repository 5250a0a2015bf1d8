package imagefunctions.chaining.run;

import imagefunctions.chaining.flow.Body;

/** What one branch made. */
record Result(String name, Body body) {}
