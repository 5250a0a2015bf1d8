package imagefunctions.receiver;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Checks the names that become names of files. */
final class MessageNames {
    static final int MAX_BYTES = 200;

    private MessageNames() {}

    /** What is wrong with a message's name, if anything. */
    static Optional<String> fault(String name) {
        if (name.isEmpty()) {
            return Optional.of("The message has no name: POST it to /messages/<filename>.");
        }
        if (name.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            return Optional.of("The name has more than " + MAX_BYTES + " bytes: choose a shorter one.");
        }
        if (name.startsWith(".")) {
            return Optional.of("The name starts with a dot: choose one that does not.");
        }
        boolean printable = name.codePoints().noneMatch(MessageNames::isUnprintable);
        return printable
                ? Optional.empty()
                : Optional.of("The name has a slash, a backslash or a control character in it: choose one without.");
    }

    /** Direction marks and the like count too: they make a name look like another. */
    private static boolean isUnprintable(int c) {
        return c == '/'
                || c == '\\'
                || c == 0xFFFD
                || switch (Character.getType(c)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.SURROGATE,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR,
                            Character.UNASSIGNED -> true;
                    default -> false;
                };
    }

    /** The folder of a call: its id, which must not begin with a dot there. */
    static String folderOf(String callId) {
        return callId.startsWith(".") ? "%2E" + callId.substring(1) : callId;
    }
}
