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
        text.append("  curl --data-binary @photo.jpg ").append(url(recipe, call));
        text.append(" -o ").append(recipe.name()).append(".jpg\n\nParameters, in the query:\n");
        for (Parameter p : recipe.parameters()) {
            text.append("  %-10s  %s%n".formatted(p.name(), p.meaning()));
            text.append("  %-10s  %s; otherwise %s%n".formatted("", p.allowed(), p.otherwise()));
        }
        return text.toString();
    }

    /** The address that the caller used: the gateway's, or the function's own. */
    private static String url(Recipe recipe, Call call) {
        return call.header("X-Forwarded-Host")
                .map(gateway -> "http://" + gateway + "/function/" + recipe.name())
                .orElseGet(() -> "http://" + call.header("Host").orElse("127.0.0.1:8080") + "/");
    }
}
