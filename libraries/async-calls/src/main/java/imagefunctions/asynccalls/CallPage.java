package imagefunctions.asynccalls;

import java.util.List;
import java.util.Optional;

/**
 * A page of the list of all calls, in the order of their ids.
 *
 * @param next the id to ask for the following page with, if there is one
 */
public record CallPage(List<CallState> calls, Optional<String> next) {}
