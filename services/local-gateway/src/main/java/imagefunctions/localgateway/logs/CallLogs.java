package imagefunctions.localgateway.logs;

import imagefunctions.localgateway.backends.Catalogue;
import imagefunctions.runtime.funqy.AnsweredCall;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The last calls of each function of this gateway, wherever it runs, in memory. */
@Singleton
final class CallLogs {
    private static final int LINES_OF_A_FUNCTION = 1000;
    private static final int CHARS_OF_A_FUNCTION = 256 << 10;

    private final Map<String, FunctionLog> logs = new ConcurrentHashMap<>();
    private final String instance = hostName() + "-" + ProcessHandle.current().pid();
    private volatile Consumer<String> listener = function -> {};

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "localhost";
        }
    }

    void answered(@Observes AnsweredCall call) {
        String text = call.line() + " " + call.callId();
        logs.computeIfAbsent(call.function(), name -> new FunctionLog(LINES_OF_A_FUNCTION, CHARS_OF_A_FUNCTION))
                .add(new LogMessage(call.function(), Catalogue.NAMESPACE, instance, Instant.now(), text));
        listener.accept(call.function());
    }

    /** The lines of a function that came after the one of this number and are still here. */
    List<FunctionLog.Line> after(String function, long number) {
        FunctionLog log = logs.get(function);
        return log == null ? List.of() : log.after(number);
    }

    /** Calls this with the function's name whenever a line was added. */
    void onLine(Consumer<String> added) {
        listener = added;
    }
}
