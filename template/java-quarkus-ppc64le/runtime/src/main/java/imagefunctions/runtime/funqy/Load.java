package imagefunctions.runtime.funqy;

/**
 * How busy a process is with calls of one kind.
 *
 * @param inFlight calls that run or wait
 * @param threads calls that run at the same time
 * @param free calls that may come yet
 */
public record Load(int inFlight, int threads, int free) {
    /** Whether one more call would be refused. */
    public boolean isFull() {
        return free == 0;
    }
}
