package imagefunctions.reasons;

/** The beginning of a text that may be long. */
public final class Excerpt {
    private Excerpt() {}

    /** The text itself, or at most its first {@code mostChars} and then this end; never half of a surrogate pair. */
    public static String of(String text, int mostChars, String end) {
        if (text.length() <= mostChars) {
            return text;
        }
        boolean isBetween =
                mostChars == 0 || !Character.isSurrogatePair(text.charAt(mostChars - 1), text.charAt(mostChars));
        return text.substring(0, isBetween ? mostChars : mostChars - 1) + end;
    }
}
