package imagefunctions.checks;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each setting is declared in one place, with one default, and documented. */
final class SettingsTest {
    private static final Pattern ROW = Pattern.compile("\\| `([A-Za-z0-9_]+)` \\|(?: `([^`]*)`)? \\|.*");
    private static final Pattern VARIABLE = Pattern.compile("IMAGE_FUNCTIONS_[A-Z0-9_]*[A-Z0-9]");
    private static final Pattern SHELL_DEFAULT = Pattern.compile("\\$\\{(IMAGE_FUNCTIONS_[A-Z0-9_]+):-([^}]+)}");

    /** Needed at both ends of a callback, in two processes that share nothing else; it has no default. */
    private static final String CALLBACK_SECRET = "IMAGE_FUNCTIONS_CALLBACK_SECRET";
    /** What the local gateway sets for itself, as the documentation says. */
    private static final Set<String> SET_BY_THE_GATEWAY = Set.of("IMAGE_FUNCTIONS_MOUNT", "gateway_url");

    /** {@code ./run up} keeps everything in one folder. */
    private static final Map<String, String> SET_BY_RUN = Map.of("IMAGE_FUNCTIONS_MESSAGES_FOLDER", "data/messages");

    private static CompiledModules modules = CompiledModules.none();
    private static List<Setting> declared = List.of();

    @BeforeAll
    static void read() throws Exception {
        modules = CompiledModules.of(Repository.ROOT);
        declared = Setting.declaredIn(modules.classes());
    }

    private static Set<String> variables() {
        return declared.stream().map(Setting::variable).collect(toCollection(TreeSet::new));
    }

    /**
     * A row of a table of settings.
     *
     * @param page the file that has the table
     */
    private record Row(String page, String variable, String defaultValue) {}

    /** The rows of all tables that start with a variable and its default. */
    private static List<Row> documented() throws IOException {
        List<Row> rows = new ArrayList<>();
        for (Path page : Repository.files(".md")) {
            boolean inTable = false;
            for (String line : Files.readAllLines(page)) {
                inTable = line.startsWith("| variable | default |") || (inTable && line.startsWith("|"));
                Matcher row = ROW.matcher(line);
                if (inTable && row.matches()) {
                    rows.add(new Row(
                            Repository.ROOT.relativize(page).toString(),
                            row.group(1),
                            row.group(2) == null ? "" : row.group(2)));
                }
            }
        }
        return rows;
    }

    @Test
    void aSettingIsDeclaredInOnePlace() {
        Map<String, List<Setting>> twice = new TreeMap<>(declared.stream().collect(groupingBy(Setting::variable)));
        twice.values().removeIf(places -> places.size() == 1);

        assertThat(twice.remove(CALLBACK_SECRET))
                .extracting(Setting::defaultValue)
                .containsExactly("", "");
        assertThat(twice).isEmpty();
    }

    @Test
    void everySettingIsDocumentedWhereItsUsersLook() throws Exception {
        Set<String> documented = new TreeSet<>();
        documented().forEach(row -> documented.add(row.page() + ": " + row.variable()));

        assertThat(declared.stream().map(setting -> page(setting) + ": " + setting.variable()))
                .filteredOn(place -> !documented.contains(place))
                .as("settings that their page lacks")
                .isEmpty();
    }

    private static String page(Setting setting) {
        return setting.declaringClass().startsWith("imagefunctions.receiver.") ? "docs/async.md" : "docs/settings.md";
    }

    @Test
    void everyDocumentedSettingIsReadAndHasThisDefault() throws Exception {
        Set<String> defaults = new TreeSet<>();
        declared.forEach(setting -> defaults.add(setting.variable() + "=" + setting.defaultValue()));

        assertThat(documented()).hasSizeGreaterThan(declared.size() / 2);
        assertThat(documented())
                .filteredOn(row -> !defaults.contains(row.variable() + "=" + row.defaultValue()))
                .as("documented settings that nobody reads, or that have another default")
                .isEmpty();
    }

    @Test
    void aPageDocumentsASettingOnce() throws Exception {
        Set<String> seen = new TreeSet<>();

        assertThat(documented())
                .filteredOn(row -> !seen.add(row.page() + ": " + row.variable()))
                .as("rows for a setting that has one already")
                .isEmpty();
    }

    @Test
    void everyVariableThatIsNamedAnywhereIsASetting() throws Exception {
        Set<String> settings = variables();
        Set<String> unknown = new TreeSet<>();
        for (String end : List.of(".md", ".java", ".sh", ".yml", ".yaml", "Dockerfile")) {
            for (Path file : Repository.files(end)) {
                VARIABLE.matcher(Files.readString(file))
                        .results()
                        .map(found -> found.group())
                        .filter(name -> settings.stream()
                                .noneMatch(setting -> setting.equals(name) || setting.startsWith(name + "_")))
                        .forEach(name -> unknown.add(Repository.ROOT.relativize(file) + ": " + name));
            }
        }

        assertThat(unknown).isEmpty();
    }

    @Test
    void noFileThatIsShippedSetsAnotherDefault() throws Exception {
        Set<String> settings = variables();
        Set<String> set = new TreeSet<>();
        for (Path file : Repository.files(".properties")) {
            if (file.toString().contains("/src/main/resources/")) {
                for (String line : Files.readAllLines(file)) {
                    String property = line.split("=", 2)[0].strip();
                    String variable = property.startsWith("image-functions.")
                            ? property.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT)
                            : property;
                    if (settings.contains(variable)) {
                        set.add(variable);
                    }
                }
            }
        }

        assertThat(set).isEqualTo(SET_BY_THE_GATEWAY);
    }

    @Test
    void scriptsHaveTheSameDefaults() throws Exception {
        Map<String, String> defaults = new TreeMap<>();
        declared.forEach(setting -> defaults.put(setting.variable(), setting.defaultValue()));
        defaults.putAll(SET_BY_RUN);
        Set<String> others = new TreeSet<>();
        for (Path script : Repository.files(".sh")) {
            SHELL_DEFAULT
                    .matcher(Files.readString(script))
                    .results()
                    .filter(found -> !found.group(2).equals(defaults.get(found.group(1))))
                    .forEach(found -> others.add(Repository.ROOT.relativize(script) + ": " + found.group()));
        }

        assertThat(others).isEmpty();
    }

    @Test
    void nothingThatServesReadsTheEnvironmentOtherwise() {
        Set<String> readers = modules.classes().stream()
                .filter(type -> !modules.path(type.getName()).startsWith("tools/"))
                .filter(type -> !modules.path(type.getName()).equals("libraries/test-servers"))
                .filter(SettingsTest::looksSettingsUp)
                .map(JavaClass::getName)
                .collect(toCollection(TreeSet::new));

        assertThat(readers).isEmpty();
    }

    private static boolean looksSettingsUp(JavaClass type) {
        return type.getMethodCallsFromSelf().stream().anyMatch(call -> {
            String owner = call.getTargetOwner().getName();
            return (owner.equals("java.lang.System") && call.getName().equals("getenv"))
                    || owner.equals("org.eclipse.microprofile.config.ConfigProvider")
                    || owner.equals("org.eclipse.microprofile.config.Config");
        });
    }
}
