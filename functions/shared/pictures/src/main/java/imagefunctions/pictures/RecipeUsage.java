package imagefunctions.pictures;

import imagefunctions.imaging.Parameter;
import imagefunctions.imaging.Recipe;
import imagefunctions.imaging.operation.Allowed;
import imagefunctions.runtime.Call;
import imagefunctions.runtime.Usage;
import java.util.List;

/** How a function of a recipe is used. */
final class RecipeUsage {
    private RecipeUsage() {}

    static Usage of(Recipe recipe, Call call) {
        return new Usage(
                text(recipe, call),
                recipe.summary(),
                "image/*",
                recipe.parameters().stream().map(RecipeUsage::parameter).toList(),
                List.of());
    }

    private static Usage.Parameter parameter(Parameter p) {
        return switch (p.allowed()) {
            case Allowed.OneOf(List<String> values) ->
                Usage.Parameter.oneOf(p.name(), p.meaning(), values, p.defaultValue());
            case Allowed.Range(int least, int most) ->
                Usage.Parameter.number(p.name(), p.meaning(), least, most, p.defaultValue());
        };
    }

    private static String text(Recipe recipe, Call call) {
        StringBuilder text = new StringBuilder();
        text.append(recipe.name()).append(": ").append(recipe.summary()).append("\n\n");
        text.append("  curl --data-binary @photo.jpg ").append(call.url());
        text.append(" -o ").append(recipe.name()).append(".jpg\n\nQuery parameters:\n");
        for (Parameter p : recipe.parameters()) {
            text.append("  %-10s  %s%n".formatted(p.name(), p.meaning()));
            text.append("  %-10s  %s (default: %s)%n".formatted("", p.allowed(), p.defaultValue()));
        }
        return text.toString();
    }
}
