package imagefunctions.functions.transpose;

import imagefunctions.imaging.Recipe;
import imagefunctions.pictures.ImageFunction;
import imagefunctions.runtime.Call;
import imagefunctions.runtime.Reply;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** A photo turned by 180 degrees, or as asked. */
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
