package imagefunctions.samples.pi;

import imagefunctions.runtime.Problem;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;
import java.util.regex.Pattern;

/** Answers with as many decimals of Pi as the body says. */
@Singleton
public final class Pi {
    private static final int MOST = 10_000;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,5}");

    @Funq("pi")
    public String pi(String body) {
        String number = body.strip();
        int decimals = NUMBER.matcher(number).matches() ? Integer.parseInt(number) : 0;
        if (decimals < 1 || decimals > MOST) {
            throw new Problem.BadRequest("Send how many decimals of Pi you want, from 1 to " + MOST + ", such as 100.")
                    .asException();
        }
        return Decimals.ofPi(decimals) + "\n";
    }
}
