package imagefunctions.localgateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What docs/operating.md says of metrics, compared with the gateway's own, and the dashboard with both. */
final class MetricsIT {
    private static final Path DASHBOARD = Path.of("../../deploy/grafana/image-functions.json");
    private static final Pattern ROW = Pattern.compile("\\| `([a-z_]+)` \\| (\\w+) \\| (.*?) ?\\| .+ \\|");
    private static final Pattern TYPE = Pattern.compile("# TYPE ([a-z_]+) (\\w+)");
    private static final Pattern SERIES = Pattern.compile("^([a-z_]+?)(?:_count|_sum)?\\{(.*)}", Pattern.MULTILINE);
    private static final Pattern LABEL = Pattern.compile("([a-z]+)=\"");
    private static final Pattern QUERIED = Pattern.compile("([a-z_]+?)(?:_count|_sum)?\\{([^}]*)}");
    private static final Pattern GROUPED = Pattern.compile("by \\(([a-z, ]+)\\)");
    private static final Set<String> OF_A_SCRAPE = Set.of("job", "instance");

    /** A metric's type, and its labels in their order. */
    private record Metric(String type, String labels) {
        Set<String> all() {
            return Set.of(labels.split(", ", -1));
        }
    }

    private static Map<String, Metric> documented() throws Exception {
        return ROW.matcher(DocsPage.OPERATING.text())
                .results()
                .collect(Collectors.toMap(
                        row -> row.group(1),
                        row -> new Metric(row.group(2), row.group(3).replace("`", "")),
                        (first, second) -> {
                            throw new AssertionError(first + " is there twice");
                        },
                        TreeMap::new));
    }

    @Test
    void thePageNamesEachMetricWithItsTypeAndLabels() throws Exception {
        Map<String, Metric> told = new TreeMap<>();
        try (LocalGatewayProcess gateway = LocalGatewayProcess.start(Map.of())) {
            String photo = "@../../docs/pictures/seeding.jpg";
            Curl.of(
                    "--data-binary",
                    photo,
                    "-o",
                    "/dev/null",
                    gateway.at("/function/bw").toString());
            String text = Curl.of(gateway.at("/metrics").toString()).output();
            TYPE.matcher(text).results().forEach(type -> told.put(type.group(1), new Metric(type.group(2), "")));
            SERIES.matcher(text).results().forEach(series -> {
                String labels = LABEL.matcher(series.group(2))
                        .results()
                        .map(label -> label.group(1))
                        .collect(Collectors.joining(", "));
                told.computeIfPresent(series.group(1), (name, metric) -> new Metric(metric.type(), labels));
            });
        }

        assertThat(documented()).isEqualTo(told);
    }

    @Test
    void theDashboardAsksForMetricsAndLabelsThatThereAre() throws Exception {
        Map<String, Metric> documented = documented();
        Set<String> shown = new TreeSet<>();
        for (JsonNode panel : new ObjectMapper().readTree(DASHBOARD.toFile()).path("panels")) {
            for (JsonNode target : panel.path("targets")) {
                String query = target.path("expr").asText();
                assertThat(QUERIED.matcher(query).results()).as(query).isNotEmpty();
                for (MatchResult queried : QUERIED.matcher(query).results().toList()) {
                    shown.add(queried.group(1));
                    Set<String> labels = new TreeSet<>();
                    LABEL.matcher(queried.group(2).replace("=~", "="))
                            .results()
                            .forEach(label -> labels.add(label.group(1)));
                    GROUPED.matcher(query)
                            .results()
                            .forEach(by -> labels.addAll(Set.of(by.group(1).split(", ", -1))));
                    labels.removeAll(OF_A_SCRAPE);
                    assertThat(documented).as(query).containsKey(queried.group(1));
                    assertThat(documented
                                    .getOrDefault(queried.group(1), new Metric("", ""))
                                    .all())
                            .as(query)
                            .containsAll(labels);
                }
            }
        }

        assertThat(shown).isEqualTo(documented.keySet());
    }
}
