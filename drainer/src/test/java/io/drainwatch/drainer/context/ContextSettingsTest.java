package io.drainwatch.drainer.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContextSettingsTest {

  @ParameterizedTest
  @EnumSource(
      value = NextState.Disk.class,
      names = {"AVAILABLE", "UNKNOWN"})
  void refusesOddFateOfDisks(NextState.Disk state) {
    assertThatThrownBy(() -> settings(state, NextState.Deployment.UPDATED, 1000))
        .hasMessageContaining("context.terminate-disks")
        .hasMessageContaining(state.word());
  }

  @Test
  void refusesUnknownDeployment() {
    assertThatThrownBy(() -> settings(NextState.Disk.DELETED, NextState.Deployment.UNKNOWN, 1000))
        .hasMessageContaining("context.deployment-next-state");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 32_769})
  void refusesOddLimit(int bytes) {
    assertThatThrownBy(() -> settings(NextState.Disk.DELETED, NextState.Deployment.UPDATED, bytes))
        .hasMessageContaining(Integer.toString(bytes));
  }

  @Test
  void expectsTheWorstByDefaultAndGuessesNoDeletedDeployment() {
    ContextSettings defaults = ContextSettings.defaults();

    assertThat(defaults.terminateDisks()).isEqualTo(NextState.Disk.DELETED);
    assertThat(defaults.deploymentNextState()).isEqualTo(NextState.Deployment.UPDATED);
    assertThat(defaults.redeploy()).isEqualTo(ContextSettings.Redeploy.RECREATE);
    assertThat(defaults.maximumInlineBytes()).isEqualTo(32_768);
    assertThat(defaults.rawEvent()).isFalse();
  }

  private static ContextSettings settings(
      NextState.Disk disks, NextState.Deployment deployment, int bytes) {
    return new ContextSettings(
        ContextSettings.Redeploy.KEEP,
        disks,
        deployment,
        Optional.empty(),
        false,
        List.of(),
        false,
        bytes);
  }
}
