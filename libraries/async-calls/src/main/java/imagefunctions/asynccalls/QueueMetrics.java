package imagefunctions.asynccalls;

import java.time.Duration;

/**
 * The queue in numbers.
 *
 * @param waiting calls whose function does not run now
 * @param running calls whose function runs now
 * @param undelivered results that their receivers do not have yet
 * @param oldestOverdue how long the call that is first in the queue has been waiting for a worker
 * @param bytes disk in use or reserved for calls and results
 * @param functionAttempts calls of functions since the start
 * @param callbackAttempts calls of receivers since the start
 * @param deliveries calls that were delivered since the start
 * @param dead dead letters that are kept
 * @param givenUp calls that were given up since the start
 * @param dropped dead letters that made room for others since the start
 */
public record QueueMetrics(
        int waiting,
        int running,
        int undelivered,
        Duration oldestOverdue,
        long bytes,
        long functionAttempts,
        long callbackAttempts,
        long deliveries,
        int dead,
        long givenUp,
        long dropped) {}
