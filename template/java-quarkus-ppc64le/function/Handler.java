package function;

import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** Greets whom the body names. */
@Singleton
public final class Handler {
    @Funq
    public String handle(String body) {
        return "Hello, " + (body.isBlank() ? "world" : body.strip()) + "\n";
    }
}
