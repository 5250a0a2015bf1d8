package imagefunctions.checks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.w3c.dom.Element;

/**
 * Lists the libraries of a CycloneDX SBOM by their licences, and fails if one has none that we may ship:
 * {@code java ThirdParty.java FOLDER} reads {@code bom.xml} there and writes {@code THIRD-PARTY.md}.
 */
public final class ThirdParty {

    /** A library that somebody else wrote. */
    record Library(String group, String name, String version, Set<String> licences, String website) {}

    private static final Set<String> MAY_BE_SHIPPED =
            Set.of("Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "EPL-2.0", "MIT", "MIT-0");
    // The POMs of both say "The BSD License", and mean the one with three clauses; the SBOM's maker takes four.
    private static final String TAKEN = "BSD-4-Clause";
    private static final String MEANT = "BSD-3-Clause";
    private static final Set<String> MEAN_THREE_CLAUSES = Set.of("com.twelvemonkeys", "org.jline");

    private ThirdParty() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        List<Library> libraries = libraries(folder.resolve("bom.xml"));
        for (String bom : List.of("bom.xml", "bom.json")) {
            Path file = folder.resolve(bom);
            Files.writeString(file, Files.readString(file).replace(TAKEN, MEANT));
        }
        Files.writeString(folder.resolve("THIRD-PARTY.md"), list(libraries));
        System.out.println(libraries.size() + " libraries: " + folder.resolve("THIRD-PARTY.md") + ", "
                + folder.resolve("bom.json"));
    }

    /** The libraries of an SBOM that are not ours. */
    static List<Library> libraries(Path bom) throws IOException {
        List<Library> libraries = new ArrayList<>();
        for (Element components : Modules.children(Modules.parse(bom), "components")) {
            for (Element component : Modules.children(components, "component")) {
                if (!Modules.text(component, "group").equals("imagefunctions")) {
                    libraries.add(library(component));
                }
            }
        }
        libraries.sort(Comparator.comparing(Library::group).thenComparing(Library::name));
        return libraries;
    }

    private static Library library(Element component) {
        String group = Modules.text(component, "group");
        String name = Modules.text(component, "name");
        Set<String> licences = new TreeSet<>();
        for (Element list : Modules.children(component, "licenses")) {
            for (Element licence : Modules.children(list, "license")) {
                String id = Modules.text(licence, "id");
                licences.add(id.isEmpty() ? Modules.text(licence, "name") : id);
            }
        }
        if (MEAN_THREE_CLAUSES.stream().anyMatch(group::startsWith) && licences.remove(TAKEN)) {
            licences.add(MEANT);
        }
        if (licences.stream().noneMatch(MAY_BE_SHIPPED::contains)) {
            throw new IllegalArgumentException(group + ":" + name + " has " + licences + ", none of which is among "
                    + new TreeSet<>(MAY_BE_SHIPPED) + ": leave it out, or add its licence here when you have read it");
        }
        return new Library(group, name, Modules.text(component, "version"), licences, website(component));
    }

    private static String website(Element component) {
        for (Element list : Modules.children(component, "externalReferences")) {
            for (Element reference : Modules.children(list, "reference")) {
                if (reference.getAttribute("type").equals("website")) {
                    return Modules.text(reference, "url");
                }
            }
        }
        return "";
    }

    /** The list as people read it. */
    static String list(List<Library> libraries) {
        Map<String, List<Library>> byLicence = new TreeMap<>();
        for (Library library : libraries) {
            byLicence
                    .computeIfAbsent(String.join(" or ", library.licences()), licence -> new ArrayList<>())
                    .add(library);
        }
        StringBuilder text = new StringBuilder("""
                # Third-party licences

                The libraries that are shipped with image-functions, by their licences. The licences' texts are in the
                libraries' own files, or at https://spdx.org/licenses/.
                """);
        byLicence.forEach((licence, group) -> {
            text.append("\n## ").append(licence).append("\n\n");
            for (Library library : group) {
                text.append("- %s:%s %s %s"
                                .formatted(library.group(), library.name(), library.version(), library.website())
                                .strip())
                        .append('\n');
            }
        });
        return text.toString();
    }
}
