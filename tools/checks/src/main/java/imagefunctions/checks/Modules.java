package imagefunctions.checks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** The modules of the build, as their POMs name them. */
final class Modules {
    private static final String GROUP = "imagefunctions";

    private final Path root;

    private Modules(Path root) {
        this.root = root;
    }

    /** All modules below the root's POM, in its order; the root itself is none. */
    static List<Module> of(Path root) throws IOException {
        List<Module> found = new ArrayList<>();
        new Modules(root).collect("", found);
        return List.copyOf(found);
    }

    private void collect(String folder, List<Module> found) throws IOException {
        Element project = parse(root.resolve(folder).resolve("pom.xml"));
        if (!folder.isEmpty()) {
            found.add(module(folder, project));
        }
        for (Element list : children(project, "modules")) {
            for (Element module : children(list, "module")) {
                collect((folder.isEmpty() ? "" : folder + "/") + module.getTextContent(), found);
            }
        }
    }

    private static Module module(String path, Element project) {
        SortedSet<String> uses = new TreeSet<>();
        for (Element list : children(project, "dependencies")) {
            for (Element dependency : children(list, "dependency")) {
                if (text(dependency, "groupId").equals(GROUP)
                        && !text(dependency, "scope").equals("test")) {
                    uses.add(text(dependency, "artifactId"));
                }
            }
        }
        String version = text(project, "version");
        return new Module(
                path,
                text(project, "artifactId"),
                text(project, "name"),
                version.isEmpty() ? text(children(project, "parent").getFirst(), "version") : version,
                text(project, "packaging").equals("pom"),
                uses);
    }

    /** The root element of an XML file. */
    static Element parse(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newDocumentBuilder().parse(in).getDocumentElement();
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** The elements of this name right below another one. */
    static List<Element> children(Element parent, String name) {
        List<Element> children = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && element.getTagName().equals(name)) {
                children.add(element);
            }
        }
        return children;
    }

    /** The text of the first element of this name right below another one; empty if there is none. */
    static String text(Element parent, String name) {
        List<Element> found = children(parent, name);
        return found.isEmpty() ? "" : found.getFirst().getTextContent().strip();
    }
}
