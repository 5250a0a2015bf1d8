package imagefunctions.checks;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaEnumConstant;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.properties.HasAnnotations;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A setting where the code declares it: a method of a {@code @ConfigMapping}, or a {@code @ConfigProperty}.
 *
 * @param variable the environment variable, as the documentation names it
 * @param defaultValue empty if there is none
 */
record Setting(String variable, String defaultValue, String declaringClass) {

    /** All settings that the classes declare, without Quarkus' own. */
    static List<Setting> declaredIn(JavaClasses classes) {
        List<Setting> settings = new ArrayList<>();
        for (JavaClass type : classes) {
            Optional<JavaAnnotation<?>> mapping = annotation(type, "io.smallrye.config.ConfigMapping");
            for (JavaMethod method : type.getMethods()) {
                mapping.ifPresent(found -> settings.add(mapped(found, method)));
            }
            for (JavaCodeUnit unit : type.getCodeUnits()) {
                unit.getParameters().forEach(parameter -> annotation(
                                parameter, "org.eclipse.microprofile.config.inject.ConfigProperty")
                        .ifPresent(property -> settings.add(new Setting(
                                variable(text(property, "name")), text(property, "defaultValue"), type.getName()))));
            }
        }
        settings.removeIf(setting -> setting.variable().startsWith("quarkus."));
        return settings;
    }

    private static Setting mapped(JavaAnnotation<?> mapping, JavaMethod method) {
        String prefix = text(mapping, "prefix");
        String name = annotation(method, "io.smallrye.config.WithName")
                .map(withName -> text(withName, "value"))
                .orElseGet(() -> words(method.getName(), separator(mapping)));
        return new Setting(
                variable(prefix.isEmpty() ? name : prefix + "." + name),
                annotation(method, "io.smallrye.config.WithDefault")
                        .map(withDefault -> text(withDefault, "value"))
                        .orElse(""),
                method.getOwner().getName());
    }

    private static String separator(JavaAnnotation<?> mapping) {
        boolean snakeCase = mapping.get("namingStrategy")
                .filter(strategy -> ((JavaEnumConstant) strategy).name().equals("SNAKE_CASE"))
                .isPresent();
        return snakeCase ? "_" : "-";
    }

    /** A name in camel case, with its words in lower case between separators; {@code s3Port} has two. */
    private static String words(String camelCase, String separator) {
        return camelCase.replaceAll("(?<=[a-z0-9])(?=[A-Z])", separator).toLowerCase(Locale.ROOT);
    }

    /** OpenFaaS' own names, and those of object stores, are variables already. */
    private static String variable(String property) {
        return property.startsWith("image-functions.")
                ? property.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT)
                : property;
    }

    private static Optional<JavaAnnotation<?>> annotation(HasAnnotations<?> annotated, String type) {
        return annotated.getAnnotations().stream()
                .filter(annotation -> annotation.getRawType().getName().equals(type))
                .<JavaAnnotation<?>>map(annotation -> annotation)
                .findFirst();
    }

    private static String text(JavaAnnotation<?> annotation, String property) {
        return annotation.get(property).map(String::valueOf).orElse("");
    }
}
