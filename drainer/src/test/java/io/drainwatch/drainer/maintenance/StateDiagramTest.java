package io.drainwatch.drainer.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The diagram in ARCHITECTURE.md is made from the enum; this test says how it must read. */
class StateDiagramTest {

  private static String diagram() {
    String moves =
        Stream.of(MaintenanceState.values())
            .flatMap(
                from ->
                    from.next().stream()
                        .sorted()
                        .map(to -> "  " + from.word() + " --> " + to.word()))
            .collect(Collectors.joining("\n"));
    return "```mermaid\nstateDiagram-v2\n"
        + "  [*] --> MaintenanceScheduled\n"
        + "  [*] --> MaintenanceStarted\n"
        + moves
        + "\n  Uncordoned --> [*]\n```";
  }

  @Test
  void theDocumentShowsTheStatesAsTheyAre() throws Exception {
    assertThat(Files.readString(Path.of("../ARCHITECTURE.md"))).contains(diagram());
  }
}
