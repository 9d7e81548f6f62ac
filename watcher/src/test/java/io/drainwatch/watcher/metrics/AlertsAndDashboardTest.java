package io.drainwatch.watcher.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The alert rules and the dashboard ask for what there is. */
class AlertsAndDashboardTest {
  private static final Path ALERTS = Path.of("../config/prometheus/alerts.yaml");
  private static final Path DASHBOARD = Path.of("../config/grafana/dashboard.json");
  private static final Pattern ROW = Pattern.compile("\\| `(\\w+)` \\| (\\w+) \\| ([^|]*) \\|.*");
  private static final Pattern ASKED = Pattern.compile("(drainwatch_\\w+)(?:\\{([^}]*)})?");
  private static final Pattern MATCHER = Pattern.compile("(\\w+)(=~|!=|!~|=)\"([^\"]*)\"");
  private static final Pattern BY =
      Pattern.compile("(sum|max|min|count) by \\(([^)]*)\\) \\(([^()]*\\(?)(drainwatch_\\w+)");

  /** Prometheus gives these to every series. */
  private static final Set<String> OF_THE_TARGET = Set.of("instance", "node", "namespace");

  private static final YAMLMapper YAML = new YAMLMapper();
  private static final ObjectMapper JSON = new ObjectMapper();

  private static Stream<JsonNode> alerts() throws IOException {
    return StreamSupport.stream(YAML.readTree(ALERTS.toFile()).path("groups").spliterator(), false)
        .flatMap(group -> StreamSupport.stream(group.path("rules").spliterator(), false));
  }

  private static Stream<String> shown() throws IOException {
    JsonNode dashboard = JSON.readTree(DASHBOARD.toFile());
    return Stream.concat(
            StreamSupport.stream(dashboard.path("panels").spliterator(), false)
                .flatMap(panel -> StreamSupport.stream(panel.path("targets").spliterator(), false)),
            StreamSupport.stream(dashboard.path("annotations").path("list").spliterator(), false))
        .map(each -> each.path("expr").asText());
  }

  static Stream<String> expressions() throws IOException {
    return Stream.concat(alerts().map(rule -> rule.path("expr").asText()), shown());
  }

  /** Of each metric that there is, the names of its labels. */
  private static Map<String, Set<String>> documented() throws IOException {
    Map<String, Set<String>> found = new TreeMap<>();
    for (String line : Files.readAllLines(Path.of("../config/metrics.md"))) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        Set<String> labels =
            Arrays.stream(row.group(3).replace("`", "").split(","))
                .map(String::strip)
                .collect(Collectors.toCollection(TreeSet::new));
        List<String> suffixes =
            switch (row.group(2)) {
              case "summary" -> List.of("_count", "_sum");
              case "histogram" -> List.of("_count", "_sum", "_bucket");
              default -> List.of("");
            };
        if (row.group(2).equals("histogram")) {
          labels.add("le");
        }
        suffixes.forEach(
            suffix ->
                found
                    .computeIfAbsent(row.group(1) + suffix, any -> new TreeSet<>())
                    .addAll(labels));
      }
    }
    return found;
  }

  @ParameterizedTest
  @MethodSource("expressions")
  void asksForMetricsAndLabelsThatThereAre(String expression) throws IOException {
    Map<String, Set<String>> there = documented();
    Matcher asked = ASKED.matcher(expression);
    int found = 0;
    while (asked.find()) {
      found++;
      assertThat(there).as(expression).containsKey(asked.group(1));
      Matcher matcher = MATCHER.matcher(Objects.requireNonNullElse(asked.group(2), ""));
      while (matcher.find()) {
        String label = matcher.group(1);
        assertThat(OF_THE_TARGET.contains(label) || there.get(asked.group(1)).contains(label))
            .as("label %s of %s", label, asked.group(1))
            .isTrue();
      }
    }
    assertThat(found).as(expression).isPositive();
    Matcher by = BY.matcher(expression);
    while (by.find()) {
      Set<String> labels = there.get(by.group(4));
      assertThat(by.group(2).split(", *"))
          .as(expression)
          .allMatch(label -> OF_THE_TARGET.contains(label) || labels.contains(label));
    }
  }

  @Test
  void asksForValuesOfLabelsThatThereAre() throws IOException {
    FleetMetrics fleet = FleetStory.whole();
    CleaningStory.whole(fleet.ofTheCleanup());
    String all =
        new Metrics("1.2.3").scrape()
            + fleet.scrape()
            // those whose series appear with their first value
            + Files.readString(Path.of("../config/metrics.md"));
    List<String> values = new ArrayList<>();
    for (String expression : expressions().toList()) {
      Matcher matcher = MATCHER.matcher(expression);
      while (matcher.find()) {
        if (!OF_THE_TARGET.contains(matcher.group(1))) {
          values.addAll(List.of(matcher.group(3).split("\\|")));
        }
      }
    }
    assertThat(values)
        .isNotEmpty()
        .allMatch(value -> all.contains("\"" + value + "\"") || all.contains("`" + value + "`"));
  }

  @Test
  void tellsOfEveryAlertWhatItMeansAndHowUrgentItIs() throws IOException {
    List<JsonNode> all = alerts().toList();
    assertThat(all).extracting(rule -> rule.path("alert").asText()).doesNotHaveDuplicates();
    assertThat(all)
        .allSatisfy(
            rule -> {
              assertThat(rule.path("labels").path("severity").asText()).isIn("critical", "warning");
              assertThat(rule.path("annotations").path("summary").asText()).isNotBlank();
              assertThat(rule.path("annotations").path("description").asText()).isNotBlank();
            });
    assertThat(all)
        .extracting(rule -> rule.path("alert").asText())
        .contains(
            "DrainwatchDeadlineMissed",
            "DrainwatchAcknowledgementFailing",
            "DrainwatchLeftCordoned",
            "DrainwatchMetadataDegraded",
            "DrainwatchDrainBlocked",
            "DrainwatchUnattended",
            "DrainwatchHookFailing");
  }

  @Test
  void drawsEachPanelInAPlaceOfItsOwn() throws IOException {
    List<String> places = new ArrayList<>();
    for (JsonNode panel : JSON.readTree(DASHBOARD.toFile()).path("panels")) {
      JsonNode at = panel.path("gridPos");
      assertThat(at.path("x").asInt() + at.path("w").asInt()).isLessThanOrEqualTo(24);
      for (int x = 0; x < at.path("w").asInt(); x++) {
        for (int y = 0; y < at.path("h").asInt(); y++) {
          places.add((at.path("x").asInt() + x) + "," + (at.path("y").asInt() + y));
        }
      }
    }
    assertThat(places).hasSizeGreaterThan(100).doesNotHaveDuplicates();
  }

  @Test
  void isTakenByPrometheus(@TempDir Path directory) throws Exception {
    Files.copy(ALERTS, directory.resolve("alerts.yaml"));
    Promtool.runs(directory, "check", "rules", "alerts.yaml");

    ObjectNode rules = YAML.createObjectNode();
    ObjectNode group = rules.putArray("groups").addObject().put("name", "dashboard");
    ArrayNode all = group.putArray("rules");
    List<String> shown = shown().toList();
    for (int i = 0; i < shown.size(); i++) {
      all.addObject()
          .put("record", "panel:" + i)
          .put("expr", shown.get(i).replace("$__rate_interval", "5m").replace("$instance", ".*"));
    }
    YAML.writeValue(directory.resolve("dashboard.yaml").toFile(), rules);
    Promtool.runs(directory, "check", "rules", "dashboard.yaml");
  }

  @Test
  void firesWhenItShouldAndNotElse(@TempDir Path directory) throws Exception {
    JsonNode rules = YAML.readTree(ALERTS.toFile());
    Set<String> names =
        alerts().map(rule -> rule.path("alert").asText()).collect(Collectors.toSet());
    rules
        .path("groups")
        .forEach(
            group ->
                group
                    .path("rules")
                    // the stories tell when an alert fires, not in which words
                    .forEach(rule -> ((ObjectNode) rule).remove("annotations")));
    YAML.writeValue(directory.resolve("alerts.yaml").toFile(), rules);
    Path stories = directory.resolve("stories.yaml");
    try (InputStream text =
        Objects.requireNonNull(getClass().getResourceAsStream("alert-stories.yaml"))) {
      Files.copy(text, stories);
    }
    Set<String> firing = new TreeSet<>();
    Set<String> silent = new TreeSet<>();
    for (JsonNode story : YAML.readTree(stories.toFile()).path("tests")) {
      JsonNode told = story.path("alert_rule_test").path(0);
      (told.path("exp_alerts").isEmpty() ? silent : firing).add(told.path("alertname").asText());
    }
    assertThat(firing).isEqualTo(new TreeSet<>(names));
    assertThat(silent).isEqualTo(new TreeSet<>(names));
    Promtool.runs(directory, "test", "rules", "stories.yaml");
  }
}
