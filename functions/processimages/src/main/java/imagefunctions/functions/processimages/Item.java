package imagefunctions.functions.processimages;

/** A picture by its key, and what is to be done with it. */
record Item(Order order, String key) {}
