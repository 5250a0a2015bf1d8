package imagefunctions.checks;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may know whom, by modules; the reasons are in docs/decisions. */
final class ArchitectureTest {
    private static CompiledModules modules = CompiledModules.none();

    @BeforeAll
    static void read() throws Exception {
        modules = CompiledModules.of(Repository.ROOT);
    }

    @Test
    void everyModuleOfTheBuildIsLookedAt() {
        assertThat(modules.withoutClasses()).as("modules without classes").containsExactly("deploy");
        assertThat(modules.paths()).contains("services/local-gateway", "libraries/imaging", "tools/benchmarks");
    }

    @Test
    void everyModuleIsCompiledBeforeThisTest() throws Exception {
        String pom = Repository.text("tools/checks/pom.xml");
        for (Module module : Modules.of(Repository.ROOT)) {
            if (!module.aggregator() && !Set.of("deploy", "checks").contains(module.name())) {
                assertThat(pom.contains("<artifactId>" + module.name() + "</artifactId>"))
                        .as("tools/checks/pom.xml depends on %s, for its order", module.name())
                        .isTrue();
            }
        }
    }

    @Test
    void nobodyKnowsAService() {
        assertThat(modules.users("services/")).containsExactly("services/local-gateway -> services/embedded-s3");
    }

    @Test
    void nobodyKnowsATool() {
        assertThat(modules.users("tools/")).isEmpty();
    }

    @Test
    void onlyTheGatewayKnowsFunctions() {
        assertThat(modules.users("functions/"))
                .allMatch(use -> use.startsWith("services/local-gateway -> ") || use.contains(" -> functions/shared/"));
    }

    @Test
    void functionsKnowLibrariesWhatTheyShareAndTheRuntime() {
        assertThat(modules.known("functions/"))
                .allMatch(path -> path.startsWith("libraries/")
                        || path.startsWith("functions/shared/")
                        || path.equals("template/java-quarkus-ppc64le/runtime"));
    }

    @Test
    void librariesKnowLibrariesOnly() {
        assertThat(modules.known("libraries/")).allMatch(path -> path.startsWith("libraries/"));
    }

    @Test
    void librariesKnowNoServer() {
        assertThat(modules.foreign("libraries/", ArchitectureTest::isOfAServer)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "libraries/folders",
                "libraries/image-type",
                "libraries/jpeg",
                "libraries/reasons",
                "libraries/retry",
                "libraries/tasks",
                "libraries/traces",
                "libraries/webp"
            })
    void whatEverybodyMayUseKnowsTheJdkAlone(String library) {
        assertThat(modules.known(library)).isEmpty();
        assertThat(modules.foreign(library, name -> !name.matches("(java|org\\.jspecify)\\..*")))
                .isEmpty();
    }

    @Test
    void theRuntimeKnowsNoPictureAndNoneOfTheModules() {
        assertThat(modules.known("template/")).isEmpty();
        assertThat(modules.foreign("template/", ArchitectureTest::isOfPictures)).isEmpty();
    }

    /** The callback receiver has this half of the runtime without the libraries of the other. */
    @Test
    void theRuntimesContractAndHttpKnowNothingOfTheBindingOfFunctions() {
        noClasses()
                .that()
                .resideInAnyPackage("imagefunctions.runtime", "imagefunctions.runtime.http")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("imagefunctions.runtime.funqy..", "io.quarkus.funqy..")
                .check(modules.classes());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "libraries/egress",
                "libraries/gateway-client",
                "libraries/storage",
                "libraries/async-calls",
                "libraries/workflow-runs"
            })
    void librariesThatCarryBytesKnowNoPicture(String library) {
        assertThat(modules.foreign(library, ArchitectureTest::isOfPictures)).isEmpty();
        assertThat(modules.known(library)).doesNotContain("libraries/imaging", "libraries/jpeg", "libraries/webp");
    }

    @Test
    void onlyTheGatewayClientBalancesAndFunctionsAskOthersThroughIt() {
        assertThat(modules.foreign("", name -> name.startsWith("io.smallrye.stork.")))
                .allMatch(use -> use.startsWith("libraries/gateway-client: ") || use.startsWith("tools/benchmarks: "));
        assertThat(modules.foreign("functions/", "java.net.http.HttpClient"::equals))
                .isEmpty();
    }

    @Test
    void aPackageIsInOneModuleOnly() {
        assertThat(modules.splitPackages()).isEmpty();
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("imagefunctions.(**)").should().beFreeOfCycles().check(modules.classes());
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
                .areNotAnnotatedWith("org.openjdk.jmh.annotations.State")
                .and()
                .resideOutsideOfPackage("..jmh_generated..")
                .should()
                .haveModifier(JavaModifier.FINAL)
                .check(modules.classes());
    }

    /** What shows that a class is about serving, which a library is not. */
    private static boolean isOfAServer(String name) {
        return name.matches("(io\\.quarkus|io\\.vertx|jakarta)\\..*");
    }

    private static boolean isOfPictures(String name) {
        return name.matches("(java\\.awt|javax\\.imageio)\\..*");
    }
}
