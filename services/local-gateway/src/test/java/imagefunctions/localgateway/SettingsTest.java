package imagefunctions.localgateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaParameter;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** The table in docs/settings.md says what the code does. */
final class SettingsTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([A-Za-z0-9_]+)` \\| `([^`]*)` \\|");

    @Test
    void theTableOfSettingsHasEverySettingWithItsDefault() throws Exception {
        assertThat(documented()).isEqualTo(coded());
    }

    private static Map<String, String> documented() throws Exception {
        Map<String, String> settings = new TreeMap<>();
        Matcher row = ROW.matcher(Files.readString(Path.of("../../docs/settings.md")));
        while (row.find()) {
            settings.put(row.group(1), row.group(2));
        }
        return settings;
    }

    private static Map<String, String> coded() {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("imagefunctions");
        Map<String, String> settings = new TreeMap<>();
        for (JavaClass type : classes) {
            for (JavaCodeUnit unit : type.getCodeUnits()) {
                for (JavaParameter parameter : unit.getParameters()) {
                    parameter
                            .tryGetAnnotationOfType(ConfigProperty.class)
                            .filter(setting -> !setting.name().startsWith("quarkus."))
                            .ifPresent(setting -> settings.put(variable(setting.name()), defaultValue(setting)));
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
