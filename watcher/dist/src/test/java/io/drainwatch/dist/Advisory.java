package io.drainwatch.dist;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.maven.artifact.versioning.ComparableVersion;

/**
 * What is known of a vulnerability, in the Open Source Vulnerability format, as far as Maven's
 * artifacts are concerned.
 *
 * @param aliases its other names, as CVE-2024-1
 */
record Advisory(String id, List<String> aliases, String summary, List<Affected> affected) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MAVEN = "Maven";

  /**
   * @param versions named one by one, beside the ranges
   */
  record Affected(String artifact, List<Range> ranges, List<String> versions) {
    boolean has(String version) {
      return versions.contains(version) || ranges.stream().anyMatch(range -> range.has(version));
    }
  }

  /** Changes from affected to not affected and back, in the order of versions. */
  record Range(List<Change> changes) {
    /** As the format's own rules evaluate it. */
    boolean has(String version) {
      ComparableVersion asked = new ComparableVersion(version);
      boolean affected = false;
      for (Change each : changes) {
        int compared = each.version().equals("0") ? 1 : asked.compareTo(each.parsed());
        affected =
            switch (each.kind()) {
              case INTRODUCED -> affected || compared >= 0;
              case FIXED -> affected && compared < 0;
              case LAST_AFFECTED -> affected && compared <= 0;
            };
      }
      return affected;
    }
  }

  /** In the order in which they count at one version. */
  enum Kind {
    FIXED,
    INTRODUCED,
    LAST_AFFECTED
  }

  record Change(Kind kind, String version) {
    ComparableVersion parsed() {
      return new ComparableVersion(version);
    }
  }

  /** All of a directory that say something of Maven's artifacts and were not withdrawn. */
  static List<Advisory> in(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .sorted()
          .flatMap(Advisory::read)
          .toList();
    }
  }

  private static Stream<Advisory> read(Path file) {
    try {
      String text = Files.readString(file);
      return text.contains('"' + MAVEN + '"') ? read(JSON.readTree(text)).stream() : Stream.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private static List<Advisory> read(JsonNode json) {
    List<Affected> affected = new ArrayList<>();
    for (JsonNode each : json.path("affected")) {
      if (each.at("/package/ecosystem").asText().equals(MAVEN)) {
        affected.add(
            new Affected(
                each.at("/package/name").asText(), ranges(each), texts(each.path("versions"))));
      }
    }
    return affected.isEmpty() || json.has("withdrawn")
        ? List.of()
        : List.of(
            new Advisory(
                json.path("id").asText(),
                texts(json.path("aliases")),
                json.path("summary").asText(),
                affected));
  }

  private static List<Range> ranges(JsonNode affected) {
    List<Range> ranges = new ArrayList<>();
    for (JsonNode range : affected.path("ranges")) {
      List<Change> changes = new ArrayList<>();
      for (JsonNode event : range.path("events")) {
        add(changes, Kind.INTRODUCED, event.path("introduced"));
        add(changes, Kind.FIXED, event.path("fixed"));
        add(changes, Kind.LAST_AFFECTED, event.path("last_affected"));
      }
      changes.sort(Comparator.comparing(Change::parsed).thenComparing(Change::kind));
      ranges.add(new Range(changes));
    }
    return ranges;
  }

  private static void add(List<Change> changes, Kind kind, JsonNode version) {
    if (version.isTextual()) {
      changes.add(new Change(kind, version.asText()));
    }
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(each -> texts.add(each.asText()));
    return texts;
  }

  /**
   * @param artifact {@code group:name}
   */
  boolean concerns(String artifact, String version) {
    return affected.stream()
        .anyMatch(each -> each.artifact().equals(artifact) && each.has(version));
  }

  boolean isCalled(String name) {
    return id.equals(name) || aliases.contains(name);
  }
}
