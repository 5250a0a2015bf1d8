package imagefunctions.imaging;

/**
 * A parameter as a usage text shows it.
 *
 * @param name as it is written in a query
 * @param allowed the values that may be given, in words
 * @param otherwise what happens when it is not given, in words
 * @param meaning what it does, in words
 */
public record Parameter(String name, String allowed, String otherwise, String meaning) {}
