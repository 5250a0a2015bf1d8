package imagefunctions.storage;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/** The order of S3's listings: by the bytes of the names' UTF-8 form, which is not the order of Java's strings. */
public final class NameOrder {
    public static final Comparator<String> BY_UTF8 =
            (a, b) -> Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

    private NameOrder() {}
}
