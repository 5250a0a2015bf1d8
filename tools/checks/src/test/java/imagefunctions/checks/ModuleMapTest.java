package imagefunctions.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The map of modules in the docs. */
final class ModuleMapTest {

    @Test
    void theMapOfTheDocsIsTheOneThatThePomsGive() throws Exception {
        assertThat(Repository.text("docs/pictures/modules.svg"))
                .as("docs/pictures/modules.svg: ./run pictures draws it again")
                .isEqualTo(ModuleMap.svg(Modules.of(Repository.ROOT)));
    }

    @Test
    void everyModuleIsOnIt() throws Exception {
        assertThat(Modules.of(Repository.ROOT).stream().filter(module -> !module.aggregator()))
                .isNotEmpty()
                .allSatisfy(module -> assertThat(Repository.text("docs/pictures/modules.svg"))
                        .contains(">" + module.name() + "</text>"));
    }

    @Test
    void aUseThatAnotherOneBringsAlongIsNoArrow() {
        String svg = ModuleMap.svg(List.of(
                module("services/gateway", "draft", "imaging"),
                module("functions/draft", "imaging"),
                module("libraries/imaging")));

        assertThat(svg.split("marker-end", -1)).hasSize(3);
    }

    @Test
    void aModuleThatKnowsOneAboveItIsRefused() {
        assertThatThrownBy(
                        () -> ModuleMap.svg(List.of(module("functions/draft"), module("libraries/imaging", "draft"))))
                .hasMessage("libraries/imaging uses functions/draft, which is not below it");
    }

    private static Module module(String path, String... uses) {
        return new Module(path, path.substring(path.indexOf('/') + 1), "", "1.0.0", false, new TreeSet<>(Set.of(uses)));
    }
}
