package imagefunctions.asynccalls;

import java.text.MessageFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What a logger is given as long as this is open. */
final class LogRecords extends Handler implements AutoCloseable {
    private final Logger logger;
    private final List<String> messages = new CopyOnWriteArrayList<>();

    private LogRecords(Logger logger) {
        this.logger = logger;
    }

    static LogRecords of(String name) {
        LogRecords records = new LogRecords(Logger.getLogger(name));
        records.logger.addHandler(records);
        return records;
    }

    List<String> messages() {
        return messages;
    }

    @Override
    public void publish(LogRecord log) {
        messages.add(MessageFormat.format(log.getMessage(), log.getParameters()));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}
