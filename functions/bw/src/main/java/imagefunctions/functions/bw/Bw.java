package imagefunctions.functions.bw;

import imagefunctions.imaging.Recipe;
import imagefunctions.pictures.ImageFunction;
import imagefunctions.runtime.Call;
import imagefunctions.runtime.Reply;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** A photo in grey, at its own size and quality. */
@Singleton
public final class Bw {
    private final ImageFunction function;

    public Bw(ImageFunction function) {
        this.function = function;
    }

    @Funq("bw")
    public Reply bw(Call call) {
        return function.answer(Recipe.BW, call);
    }
}
