package io.drainwatch.watcher.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.evictions.EvictionAnswer;
import io.drainwatch.drainer.evictions.EvictionNotice;
import io.drainwatch.drainer.maintenance.Events;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.MachineFate;
import io.drainwatch.drainer.maintenance.ScriptOutcome;
import io.drainwatch.drainer.nodework.NodeFigures;
import io.drainwatch.watcher.daemon.NodeSide;
import io.drainwatch.watcher.report.Story;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code config/metrics.md} and the registry say the same. */
class DocumentedMetricsTest {
  private static final Pattern ROW = Pattern.compile("\\| `(\\w+)` \\| (\\w+) \\| ([^|]*) \\|.*");
  private static final Pattern SERIES = Pattern.compile("(\\w+)(\\{(.*)})? \\S+");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");
  private static final Set<String> OF_THE_FORMAT = Set.of("le");

  /** One metric: its type and the names of its labels. */
  private record Described(String type, Set<String> labels) {}

  private static final String THE_DAEMON = "# Metrics";
  private static final String A_NODE = "## On a Node, both forms";
  private static final String THE_AGENT = "## On a Node, form agent";
  private static final String THE_DRAINER = "## The drainer";
  private static final String NOTIFICATIONS = "## Notifications";
  private static final String AZURE = "## Azure";
  private static final String SCALING_DOWN = "## Scaling down";

  private final Metrics metrics = new Metrics("1.2.3");

  private void wholeMaintenance() {
    new Story(metrics)
        .script(Hook.DRAIN, "10-a", new ScriptOutcome.Exited(0))
        .begin()
        .document(Events.reboot("7CB1D0F4-0001-4E0A-9A6E-EVENT0000001"))
        .document(Events.reboot("7CB1D0F4-0001-4E0A-9A6E-EVENT0000001").started())
        .document()
        .document();
  }

  private static Map<String, Described> registered(String scraped) {
    Map<String, Described> found = new TreeMap<>();
    String type = "";
    String name = "";
    for (String line : scraped.lines().toList()) {
      if (line.startsWith("# TYPE ")) {
        name = line.split(" ")[2];
        type = line.split(" ")[3];
        found.put(name, new Described(type, new TreeSet<>()));
      } else if (!line.startsWith("#")) {
        labels(line).keySet().stream()
            .filter(label -> !OF_THE_FORMAT.contains(label))
            .forEach(found.get(name).labels()::add);
      }
    }
    return found;
  }

  private static Map<String, String> labels(String line) {
    Map<String, String> labels = new TreeMap<>();
    Matcher series = SERIES.matcher(line);
    assertThat(series.matches()).as(line).isTrue();
    Matcher label = LABEL.matcher(Optional.ofNullable(series.group(3)).orElse(""));
    while (label.find()) {
      labels.put(label.group(1), label.group(2));
    }
    return labels;
  }

  private static Map<String, Described> documented(String section) throws IOException {
    Map<String, Described> found = new TreeMap<>();
    try (Stream<String> all = Files.lines(Path.of("../config/metrics.md"))) {
      List<String> lines = all.toList();
      assertThat(lines).contains(section);
      lines.stream()
          .skip(lines.indexOf(section) + 1)
          .takeWhile(line -> !line.startsWith("#"))
          .map(ROW::matcher)
          .filter(Matcher::matches)
          .forEach(
              row -> {
                Set<String> labels = new TreeSet<>();
                Arrays.stream(row.group(3).replace("`", "").split(","))
                    .map(String::strip)
                    .filter(label -> !label.isEmpty())
                    .forEach(labels::add);
                found.put(row.group(1), new Described(row.group(2), labels));
              });
    }
    return found;
  }

  @Test
  void documentsEveryMetricWithItsTypeAndLabelsAndNoOther() throws IOException {
    wholeMaintenance();
    assertThat(registered(metrics.scrape())).isEqualTo(documented(THE_DAEMON));
  }

  @Test
  void documentsWhatIsCountedOfNotificationsBeside() throws IOException {
    metrics.ofNotices().sink("ops", () -> 0);
    wholeMaintenance();
    Map<String, Described> all = documented(THE_DAEMON);
    all.putAll(documented(NOTIFICATIONS));
    assertThat(registered(metrics.scrape())).isEqualTo(all);
  }

  @Test
  void documentsWhatIsCountedOnANodeBeside() throws IOException {
    metrics.onANode();
    wholeMaintenance();
    Map<String, Described> all = documented(THE_DAEMON);
    all.putAll(documented(A_NODE));
    assertThat(registered(metrics.scrape())).isEqualTo(all);
    assertThat(metrics.scrape()).contains("drainwatch_ack_lag_seconds_count 1");
  }

  @Test
  void documentsWhatFormAgentCountsBeside() throws IOException {
    NodeSide.Counts counts = metrics.ofTheNode(() -> NodeFigures.NONE);
    counts.noted(FleetStory.eviction(EvictionNotice.Reason.EVICTED, "pod-1"));
    counts.answered(
        new EvictionAnswer.Http(201, new EvictionAnswer.Body.OtherJson(), Optional.empty()));
    wholeMaintenance();
    Map<String, Described> all = documented(THE_DAEMON);
    all.putAll(documented(THE_AGENT));
    assertThat(registered(metrics.scrape())).isEqualTo(all);
    assertThat(documented(THE_DRAINER)).containsAllEntriesOf(documented(THE_AGENT));
    assertThat(metrics.scrape())
        .contains("drainwatch_drain_duration_seconds_count{result=\"complete\"} 1")
        .contains("drainwatch_pods_evicted_total{how=\"evicted\"} 1.0")
        .contains("drainwatch_eviction_requests_total{code=\"201\"} 1.0")
        .doesNotContain("pod-1");
  }

  @Test
  void documentsEveryMetricOfTheDrainerToo() throws IOException {
    FleetMetrics fleet = FleetStory.whole();
    assertThat(registered(fleet.scrape())).isEqualTo(documented(THE_DRAINER));
    assertThat(fleet.scrape()).doesNotContain("node-1", "EVENT", "pod-1", "uid-1");
  }

  @Test
  void documentsWhatTheCleanUpCountsBeside() throws IOException {
    FleetMetrics fleet = FleetStory.whole();
    CleaningStory.whole(fleet.ofTheCleanup());
    Map<String, Described> all = documented(THE_DRAINER);
    all.putAll(documented(SCALING_DOWN));
    assertThat(registered(fleet.scrape())).isEqualTo(all);
    assertThat(fleet.scrape()).doesNotContain("uid-of-db", "exit code 3", "db-2");
  }

  @Test
  void documentsWhatIsAskedOfAzureBeside() throws IOException {
    FleetMetrics fleet = FleetStory.whole();
    AzureMeters azure = fleet.ofAzure();
    azure.answered(MachineFate.DEALLOCATED);
    azure.standsIn();
    fleet.ofAzure().ofTheGraph().standing(1);
    Map<String, Described> all = documented(THE_DRAINER);
    all.putAll(documented(AZURE));
    assertThat(registered(fleet.scrape())).isEqualTo(all);
    assertThat(fleet.scrape()).contains("drainwatch_vm_answers_total{fate=\"deallocated\"} 1.0");
  }

  @Test
  void keepsIdsNamesAndMessagesOutOfLabels() {
    wholeMaintenance();
    assertThat(metrics.scrape()).doesNotContain("EVENT", "vm1", "id-1", "10-a");
  }

  @Test
  void beginsEveryNameWithTheProduct() {
    wholeMaintenance();
    assertThat(registered(metrics.scrape()).keySet())
        .allMatch(name -> name.startsWith("drainwatch_"));
  }
}
