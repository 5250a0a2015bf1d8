package imagefunctions.pictures;

import imagefunctions.imaging.Parameter;
import imagefunctions.imaging.Recipe;
import imagefunctions.runtime.Call;

/** The usage text with which a function answers a GET. */
final class Usage {
    private Usage() {}

    static String of(Recipe recipe, Call call) {
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
