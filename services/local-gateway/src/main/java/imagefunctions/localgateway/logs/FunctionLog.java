package imagefunctions.localgateway.logs;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;

/** The last lines of one function: the oldest make room where there are too many of them, or too long ones. */
final class FunctionLog {
    private final int maxLines;
    private final int maxChars;
    private final ArrayDeque<Line> lines = new ArrayDeque<>();
    private long last;
    private int chars;

    FunctionLog(int maxLines, int maxChars) {
        this.maxLines = maxLines;
        this.maxChars = maxChars;
    }

    /**
     * A line of the log.
     *
     * @param number one more than that of the line before
     */
    record Line(long number, LogMessage message) {
        int length() {
            return message.text().length();
        }
    }

    synchronized void add(LogMessage message) {
        Line line = new Line(++last, message);
        lines.add(line);
        chars += line.length();
        while (lines.size() > maxLines || chars > maxChars) {
            chars -= lines.remove().length();
        }
    }

    /** The lines that came after the one of this number and are still here. */
    synchronized List<Line> after(long number) {
        ArrayDeque<Line> newer = new ArrayDeque<>();
        Iterator<Line> backwards = lines.descendingIterator();
        for (long left = last - number; left > 0 && backwards.hasNext(); left--) {
            newer.addFirst(backwards.next());
        }
        return List.copyOf(newer);
    }
}
