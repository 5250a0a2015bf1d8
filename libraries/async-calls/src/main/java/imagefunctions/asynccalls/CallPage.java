package imagefunctions.asynccalls;

import java.util.List;
import java.util.Optional;

/**
 * A part of the list of all calls, in the order of their ids.
 *
 * @param next what to ask for the following part with, if there is one
 */
public record CallPage(List<CallState> calls, Optional<String> next) {}
