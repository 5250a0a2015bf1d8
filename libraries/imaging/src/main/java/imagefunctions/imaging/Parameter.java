package imagefunctions.imaging;

import imagefunctions.imaging.operation.Allowed;

/**
 * A parameter as it is described to people and programs.
 *
 * @param name as it is written in a query
 * @param allowed its valid values
 * @param defaultValue its default, in words
 * @param meaning what it does, in words
 */
public record Parameter(String name, Allowed allowed, String defaultValue, String meaning) {}
