package imagefunctions.functions.thumbnail;

import imagefunctions.imaging.Recipe;
import imagefunctions.pictures.ImageFunction;
import imagefunctions.runtime.Call;
import imagefunctions.runtime.Reply;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** A photo that fits into a small box. */
@Singleton
public final class Thumbnail {
    private final ImageFunction function;

    public Thumbnail(ImageFunction function) {
        this.function = function;
    }

    @Funq("thumbnail")
    public Reply thumbnail(Call call) {
        return function.answer(Recipe.THUMBNAIL, call);
    }
}
