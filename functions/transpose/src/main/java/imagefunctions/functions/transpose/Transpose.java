package imagefunctions.functions.transpose;

import imagefunctions.imaging.Recipe;
import imagefunctions.pictures.ImageFunction;
import imagefunctions.runtime.Call;
import imagefunctions.runtime.Reply;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** A photo rotated by 180 degrees, or rotated or mirrored as requested. */
@Singleton
public final class Transpose {
    private final ImageFunction function;

    public Transpose(ImageFunction function) {
        this.function = function;
    }

    @Funq("transpose")
    public Reply transpose(Call call) {
        return function.answer(Recipe.TRANSPOSE, call);
    }
}
