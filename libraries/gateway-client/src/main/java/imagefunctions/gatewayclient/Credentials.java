package imagefunctions.gatewayclient;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** The user and the password that gateways ask for (RFC 7617). */
public record Credentials(String user, String password) {

    public Credentials {
        if (user.isEmpty() || user.contains(":")) {
            throw new IllegalArgumentException("The secret basic-auth-user is empty or has a colon in it: change it.");
        }
    }

    /**
     * Both, or neither.
     *
     * @throws IllegalArgumentException names the one that is missing
     */
    public static Optional<Credentials> of(Optional<String> user, Optional<String> password) {
        if (user.isPresent() != password.isPresent()) {
            throw new IllegalArgumentException("There is only one of the secrets basic-auth-user and"
                    + " basic-auth-password: add the other, or take it away.");
        }
        return user.map(name -> new Credentials(name, password.orElseThrow()));
    }

    /** The value of the header Authorization. */
    public String header() {
        byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(both);
    }

    /** Keeps the password out of logs. */
    @Override
    public String toString() {
        return user;
    }
}
