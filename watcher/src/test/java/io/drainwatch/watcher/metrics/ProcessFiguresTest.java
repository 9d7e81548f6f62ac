package io.drainwatch.watcher.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ProcessFiguresTest {

  @Test
  @EnabledOnOs(OS.LINUX)
  void readsItsOwnFigures() {
    ProcessFigures figures = ProcessFigures.ofThisProcess();
    assertThat(figures.residentBytes()).isGreaterThan(10 << 20);
    assertThat(figures.threads()).isGreaterThan(1);
    assertThat(figures.openDescriptors()).isGreaterThan(2);
  }

  @Test
  void tellsNothingWhereThereIsNothingToRead() {
    ProcessFigures figures = new ProcessFigures(Path.of("/nowhere"));
    assertThat(figures.residentBytes()).isNaN();
    assertThat(figures.threads()).isNaN();
    assertThat(figures.openDescriptors()).isNaN();
  }
}
