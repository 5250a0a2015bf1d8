package imagefunctions.imaging;

/**
 * A parameter as it is shown in a usage text.
 *
 * @param name as it is written in a query
 * @param allowed its valid values, in words
 * @param defaultValue its default, in words
 * @param meaning what it does, in words
 */
public record Parameter(String name, String allowed, String defaultValue, String meaning) {}
