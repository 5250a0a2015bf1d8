package imagefunctions.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** The table in docs/async.md says what the code does. */
final class SettingsTest {
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `(IMAGE_FUNCTIONS_[A-Z_]+|read_timeout|write_timeout)` \\|(?: `([^`]*)`)? \\|");

    @Test
    void theTableOfSettingsHasEverySettingWithItsDefault() throws Exception {
        assertThat(documented()).isEqualTo(coded());
    }

    private static Map<String, String> documented() throws Exception {
        String page = Files.readString(Path.of("../../docs/async.md"));
        Map<String, String> settings = new TreeMap<>();
        Matcher row = ROW.matcher(page.substring(page.indexOf("# The callback receiver")));
        while (row.find()) {
            settings.put(row.group(1), row.group(2) == null ? "" : row.group(2));
        }
        return settings;
    }

    private static Map<String, String> coded() {
        Map<String, String> settings = new TreeMap<>();
        for (Method producer : ReceiverSettings.FromEnvironment.class.getDeclaredMethods()) {
            for (Parameter parameter : producer.getParameters()) {
                ConfigProperty setting = parameter.getAnnotation(ConfigProperty.class);
                if (setting != null) {
                    settings.put(variable(setting.name()), defaultValue(setting));
                }
            }
        }
        return settings;
    }

    private static String defaultValue(ConfigProperty setting) {
        return setting.defaultValue().equals(ConfigProperty.UNCONFIGURED_VALUE) ? "" : setting.defaultValue();
    }

    /** A setting's name as an environment variable; OpenFaaS' own names are that already. */
    private static String variable(String name) {
        return name.startsWith("image-functions.")
                ? name.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT)
                : name;
    }
}
