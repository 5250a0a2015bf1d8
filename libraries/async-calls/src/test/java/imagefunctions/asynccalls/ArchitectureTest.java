package imagefunctions.asynccalls;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The store knows nothing of who delivers, and nobody but the store knows how it is kept. */
final class ArchitectureTest {
    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("imagefunctions.asynccalls");

    @Test
    void packagesHaveNoCycles() {
        slices().matching("imagefunctions.(**)").should().beFreeOfCycles().check(ALL);
    }

    @Test
    void theStoreKnowsNothingOfTheDelivery() {
        noClasses()
                .that()
                .resideOutsideOfPackage("imagefunctions.asynccalls.delivery")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("imagefunctions.asynccalls.delivery", "imagefunctions.egress..", "okhttp3..")
                .check(ALL);
    }

    @Test
    void theDeliveryKnowsNoFiles() {
        noClasses()
                .that()
                .resideInAPackage("imagefunctions.asynccalls.delivery")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.nio.file..")
                .check(ALL);
    }
}
