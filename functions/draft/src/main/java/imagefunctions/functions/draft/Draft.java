package imagefunctions.functions.draft;

import imagefunctions.imaging.Recipe;
import imagefunctions.pictures.ImageFunction;
import imagefunctions.runtime.Call;
import imagefunctions.runtime.Reply;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** A quick, small, greyscale preview of a photo. */
@Singleton
public final class Draft {
    private final ImageFunction function;

    public Draft(ImageFunction function) {
        this.function = function;
    }

    @Funq("draft")
    public Reply draft(Call call) {
        return function.answer(Recipe.DRAFT, call);
    }
}
