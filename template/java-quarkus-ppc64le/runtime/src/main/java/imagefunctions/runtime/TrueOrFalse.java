package imagefunctions.runtime;

import java.util.Locale;
import org.eclipse.microprofile.config.spi.Converter;

/** Reads a setting that is true or false: the usual words for both, and nothing else, which would count as false. */
public final class TrueOrFalse implements Converter<Boolean> {
    private static final long serialVersionUID = 1L;

    @Override
    public Boolean convert(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true", "yes", "y", "on", "1" -> true;
            case "false", "no", "n", "off", "0" -> false;
            default -> throw new IllegalArgumentException("write true or false");
        };
    }
}
