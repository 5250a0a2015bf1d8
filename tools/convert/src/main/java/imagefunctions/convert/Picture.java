package imagefunctions.convert;

/**
 * What is sent to the function.
 *
 * @param version another one when the content is replaced
 */
record Picture(String name, String version, long size) implements Found {}
