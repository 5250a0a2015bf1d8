package imagefunctions.receiver;

import imagefunctions.runtime.Problem;

/** The messages and bytes that may be kept, handed out before the first byte is written. */
final class Quota {
    private final long maxBytes;
    private final int maxCount;
    private long bytes;
    private int count;

    Quota(ReceiverSettings settings) {
        this.maxBytes = settings.maxBytes();
        this.maxCount = settings.maxCount();
    }

    /** Counts a message that is kept already. */
    synchronized void add(long size) {
        count++;
        bytes += size;
    }

    /** Makes room for one message of this length, 0 if it is unknown. */
    synchronized void takeRoom(long length) {
        if (count >= maxCount) {
            throw new Problem.InsufficientStorage("The receiver keeps " + maxCount
                            + " messages already: delete some, or raise"
                            + " IMAGE_FUNCTIONS_MESSAGES_MAX_COUNT.")
                    .asException();
        }
        takeBytes(length);
        count++;
    }

    synchronized void takeBytes(long more) {
        if (bytes + more > maxBytes) {
            throw new Problem.InsufficientStorage("The receiver keeps " + bytes + " of " + maxBytes
                            + " bytes already: delete some messages, or raise"
                            + " IMAGE_FUNCTIONS_MESSAGES_MAX_BYTES.")
                    .asException();
        }
        bytes += more;
    }

    synchronized void giveBack(long size) {
        count--;
        giveBackBytes(size);
    }

    synchronized void giveBackBytes(long size) {
        bytes -= size;
    }
}
