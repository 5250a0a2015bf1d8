package imagefunctions.convert;

/** A file that is not sent, or a folder that is not walked through, since it cannot be read. */
record Unreadable(String name, String reason) implements Found {}
