package imagefunctions.localgateway;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.PropertiesConfigSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** Quarkus' settings for an access log in a file of limited size, if {@link AccessLog}'s setting names one. */
public final class AccessLogSource implements ConfigSourceFactory {
    private static final int BELOW_ALL_OTHERS = 1;
    private static final String CATEGORY = "quarkus.log.category.\"io.quarkus.http.access-log\".";
    private static final String FILE = "quarkus.log.handler.file.access.";

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        String file = context.getValue(AccessLog.SETTING).getValue();
        // A folder would be moved out of the way: AccessLog refuses it.
        return file == null || file.isBlank() || Files.isDirectory(Path.of(file))
                ? List.of()
                : List.of(new PropertiesConfigSource(settings(file), "access log", BELOW_ALL_OTHERS));
    }

    private static Map<String, String> settings(String file) {
        return Map.of(
                "quarkus.http.access-log.enabled",
                "true",
                "quarkus.http.access-log.pattern",
                // The "combined" format of web servers, and what joins the line to a call.
                "%h %l %u %t \"%r\" %s %b \"%{i,Referer}\" \"%{i,User-Agent}\" %{o,X-Call-Id} %{o,X-Duration-Seconds}",
                CATEGORY + "handlers",
                "access",
                CATEGORY + "use-parent-handlers",
                "false",
                FILE + "enabled",
                "true",
                FILE + "path",
                file,
                FILE + "format",
                "%s%n",
                FILE + "rotation.max-file-size",
                "10M",
                FILE + "rotation.max-backup-index",
                "4");
    }
}
