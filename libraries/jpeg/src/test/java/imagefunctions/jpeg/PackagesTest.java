package imagefunctions.jpeg;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

final class PackagesTest {
    private static final JavaClasses ENGINE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("imagefunctions.jpeg");

    @Test
    void packagesKnowEachOtherWithoutCycles() {
        slices().matching("imagefunctions.(**)").should().beFreeOfCycles().check(ENGINE);
    }

    @Test
    void theEngineKnowsTheJdkAlone() {
        classes()
                .should()
                .onlyDependOnClassesThat(resideInAPackage("java..")
                        .or(resideInAPackage("imagefunctions.jpeg.."))
                        .or(resideInAPackage("org.jspecify.annotations")))
                .check(ENGINE);
    }

    @Test
    void eachPackageKnowsOnlyThoseBelowIt() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("edits")
                .definedBy("imagefunctions.jpeg")
                .layer("write")
                .definedBy("imagefunctions.jpeg.write")
                .layer("blocks")
                .definedBy("imagefunctions.jpeg.blocks")
                .layer("samples")
                .definedBy("imagefunctions.jpeg.samples")
                .layer("scan")
                .definedBy("imagefunctions.jpeg.scan")
                .layer("entropy")
                .definedBy("imagefunctions.jpeg.entropy")
                .layer("format")
                .definedBy("imagefunctions.jpeg.format")
                .whereLayer("edits")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("write")
                .mayOnlyBeAccessedByLayers("edits")
                .whereLayer("blocks")
                .mayOnlyBeAccessedByLayers("edits", "write")
                .whereLayer("samples")
                .mayOnlyBeAccessedByLayers("edits", "write", "blocks")
                .whereLayer("scan")
                .mayOnlyBeAccessedByLayers("edits", "write", "blocks", "samples")
                .whereLayer("entropy")
                .mayOnlyBeAccessedByLayers("write", "blocks", "samples", "scan")
                .check(ENGINE);
    }
}
