package io.drainwatch.dist;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** A bill of materials against advisories and what somebody judged of them. */
final class KnownVulnerabilities {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<Advisory> advisories;
  private final List<Judged> judged;

  KnownVulnerabilities(List<Advisory> advisories, List<Judged> judged) {
    this.advisories = advisories;
    this.judged = judged;
  }

  /** What is shipped: {@code group:name} and version. */
  record Component(String artifact, String version) {}

  /**
   * Somebody has looked at it, and it does not concern us until then.
   *
   * @param advisory its id or alias
   * @param artifact {@code group:name}
   * @param until the last day on which that counts
   */
  record Judged(String advisory, String artifact, LocalDate until, String reason) {
    Judged {
      if (advisory.isBlank() || !artifact.matches("[\\w.-]+:[\\w.-]+") || reason.length() < 20) {
        throw new IllegalArgumentException(
            "an advisory, group:name, a day and a reason are needed: " + advisory + " " + artifact);
      }
    }
  }

  /**
   * One a line, separated by tabs: advisory, artifact, until, reason. Lines with # say something.
   */
  static List<Judged> judged(Path file) throws IOException {
    List<Judged> found = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      if (!line.isBlank() && !line.startsWith("#")) {
        String[] cells = line.split("\t");
        if (cells.length != 4) {
          throw new IllegalArgumentException("four cells with tabs between them: " + line);
        }
        found.add(new Judged(cells[0], cells[1], LocalDate.parse(cells[2]), cells[3]));
      }
    }
    return found;
  }

  /** Maven's artifacts of a CycloneDX file, ours left out. */
  static List<Component> shipped(Path bill) throws IOException {
    List<Component> found = new ArrayList<>();
    for (JsonNode each : JSON.readTree(bill.toFile()).path("components")) {
      String group = each.path("group").asText();
      if (each.path("purl").asText().startsWith("pkg:maven/") && !group.equals("io.drainwatch")) {
        found.add(
            new Component(group + ":" + each.path("name").asText(), each.path("version").asText()));
      }
    }
    return found;
  }

  /** In words, what is to be looked at on that day; empty: nothing. */
  List<String> complaints(List<Component> shipped, LocalDate today) {
    List<String> complaints = new ArrayList<>();
    List<Judged> unneeded = new ArrayList<>(judged);
    for (Component each : shipped) {
      for (Advisory advisory : advisories) {
        if (advisory.concerns(each.artifact(), each.version())) {
          List<Judged> judgements =
              judged.stream()
                  .filter(one -> one.artifact().equals(each.artifact()))
                  .filter(one -> advisory.isCalled(one.advisory()))
                  .toList();
          unneeded.removeAll(judgements);
          if (judgements.stream().noneMatch(one -> !today.isAfter(one.until()))) {
            complaints.add(
                "%s %s: %s %s (%s)"
                    .formatted(
                        each.artifact(),
                        each.version(),
                        advisory.id(),
                        String.join(" ", advisory.aliases()),
                        advisory.summary()));
          }
        }
      }
    }
    unneeded.forEach(
        each ->
            complaints.add(
                "judged, but not found any more: " + each.advisory() + " of " + each.artifact()));
    return complaints;
  }
}
