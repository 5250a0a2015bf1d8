package imagefunctions.localgateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Who may know whom; the reasons are in docs/decisions. */
final class ArchitectureTest {
    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("imagefunctions");

    @Test
    void imagingKnowsNothingOfHttpFunctionsOrQuarkus() {
        noClasses()
                .that()
                .resideInAPackage("imagefunctions.imaging..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.quarkus..",
                        "io.vertx..",
                        "jakarta..",
                        "imagefunctions.runtime..",
                        "imagefunctions.localgateway..")
                .check(ALL);
    }

    @Test
    void theRuntimeKnowsNoPictureAndNoFunction() {
        classes()
                .that()
                .resideInAPackage("imagefunctions.runtime..")
                .should()
                .onlyDependOnClassesThat()
                .resideOutsideOfPackages(
                        "imagefunctions.imaging..",
                        "imagefunctions.pictures..",
                        "imagefunctions.functions..",
                        "imagefunctions.localgateway..",
                        "java.awt..",
                        "javax.imageio..")
                .check(ALL);
    }

    @Test
    void theRuntimesHttpAndContractDoWithoutFunqyAndMetrics() {
        noClasses()
                .that()
                .resideInAnyPackage("imagefunctions.runtime", "imagefunctions.runtime.http..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("imagefunctions.runtime.funqy..", "io.quarkus.funqy..", "io.micrometer..")
                .check(ALL);
    }

    @Test
    void nobodyKnowsTheLocalGateway() {
        noClasses()
                .that()
                .resideOutsideOfPackage("imagefunctions.localgateway..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("imagefunctions.localgateway..")
                .check(ALL);
    }

    @Test
    void theGatewayClientKnowsOnlyStorkAndTheBackOff() {
        classes()
                .that()
                .resideInAPackage("imagefunctions.gatewayclient..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "imagefunctions.gatewayclient..",
                        "imagefunctions.retry..",
                        "java..",
                        "io.smallrye.stork..",
                        "org.jspecify..")
                .check(ALL);
    }

    @Test
    void functionsAskOtherFunctionsThroughTheGatewayClient() {
        noClasses()
                .that()
                .resideInAPackage("imagefunctions.functions..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.net.http.HttpClient")
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("io.smallrye.stork..")
                .check(ALL);
    }

    @Test
    void functionsKnowNoOtherFunction() {
        slices().matching("imagefunctions.functions.(*)..")
                .should()
                .notDependOnEachOther()
                .check(ALL);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("imagefunctions.(**)").should().beFreeOfCycles().check(ALL);
    }

    @Test
    void classesAreFinalUnlessTheyAreMadeForSubclasses() {
        classes()
                .that()
                .areNotInterfaces()
                .and()
                .areNotAnonymousClasses()
                .and()
                .doNotHaveModifier(JavaModifier.ABSTRACT)
                .and()
                .areNotEnums()
                .and()
                .doNotHaveModifier(JavaModifier.SYNTHETIC)
                .and()
                .haveSimpleNameNotEndingWith("_Bean")
                .should()
                .haveModifier(JavaModifier.FINAL)
                .check(ALL);
    }
}
