package imagefunctions.runtime.funqy;

/**
 * A call that was answered, as an event for whoever observes it.
 *
 * @param function as metrics have it
 * @param line what is logged of it
 */
public record AnsweredCall(String function, String callId, String line) {}
