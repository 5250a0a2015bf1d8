package imagefunctions.asynccalls.store;

import java.nio.file.Path;

/**
 * The file of an entry that one worker holds for one attempt.
 *
 * @param attempt the number of this attempt, counted from 1
 * @param isExhausted whether all attempts were used up by processes that died
 */
record ClaimedFile(String id, int attempt, Path file, boolean isExhausted) {}
