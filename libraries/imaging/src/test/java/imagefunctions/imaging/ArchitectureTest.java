package imagefunctions.imaging;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses MODULE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("imagefunctions.imaging");

    @Test
    void packagesHaveNoCycles() {
        slices().matching("imagefunctions.(**)").should().beFreeOfCycles().check(MODULE);
    }

    @Test
    void operationsKnowPixelsAndNoFiles() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("imaging")
                .definedBy("imagefunctions.imaging")
                .layer("codec")
                .definedBy("imagefunctions.imaging.codec")
                .layer("operation")
                .definedBy("imagefunctions.imaging.operation")
                .layer("pixels")
                .definedBy("imagefunctions.imaging.pixels")
                .whereLayer("imaging")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("codec")
                .mayOnlyBeAccessedByLayers("imaging")
                .whereLayer("operation")
                .mayOnlyBeAccessedByLayers("imaging", "codec")
                .check(MODULE);
    }
}
