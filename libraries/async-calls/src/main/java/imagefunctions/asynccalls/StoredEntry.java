package imagefunctions.asynccalls;

/** An entry of the queue with its body, both as they were written. */
public record StoredEntry<T extends QueueEntry>(T entry, Body body) {}
