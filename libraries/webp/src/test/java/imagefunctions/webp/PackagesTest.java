package imagefunctions.webp;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

final class PackagesTest {
    private static final JavaClasses DECODER = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("imagefunctions.webp");

    @Test
    void packagesKnowEachOtherWithoutCycles() {
        slices().matching("imagefunctions.(**)").should().beFreeOfCycles().check(DECODER);
    }

    @Test
    void theDecoderKnowsTheJdkAlone() {
        classes()
                .should()
                .onlyDependOnClassesThat(resideInAPackage("java..")
                        .or(resideInAPackage("imagefunctions.webp.."))
                        .or(resideInAPackage("org.jspecify.annotations")))
                .check(DECODER);
    }

    @Test
    void eachPackageKnowsOnlyThoseBelowIt() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("files")
                .definedBy("imagefunctions.webp")
                .layer("lossy")
                .definedBy("imagefunctions.webp.lossy")
                .layer("lossless")
                .definedBy("imagefunctions.webp.lossless")
                .layer("format")
                .definedBy("imagefunctions.webp.format")
                .whereLayer("files")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("lossy")
                .mayOnlyBeAccessedByLayers("files")
                .whereLayer("lossless")
                .mayOnlyBeAccessedByLayers("files")
                .check(DECODER);
    }
}
