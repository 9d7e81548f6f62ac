package io.drainwatch.watcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A drainer that cannot do its work says so and ends. */
@Timeout(60)
class DrainerFaultsTest {
  @TempDir Path directory;
  private Tool tool;

  @BeforeEach
  void tool() {
    tool = Tool.in(directory);
  }

  private Tool.Result run(int port, String... kubernetes) {
    String yaml =
        "micronaut:\n  server:\n    port: "
            + port
            + "\ndrainwatch:\n  kubernetes:\n    "
            + String.join("\n    ", kubernetes)
            + "\n";
    return tool.run("drainer", "--config", tool.file("drainwatch.yml", yaml));
  }

  @Test
  void namesEveryFaultOfTheConfiguration() {
    Tool.Result result = run(-1, "form: both", "drainer:", "  budget: many");

    assertThat(result.code()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(result.err())
        .contains("nothing is drained", "drainwatch.kubernetes.form", "drainer.budget");
  }

  @Test
  void isOnlyForFormController() {
    for (String form : new String[] {"none", "agent"}) {
      Tool.Result result = run(-1, "form: " + form);

      assertThat(result.code()).isEqualTo(ExitCode.CONFIGURATION);
      assertThat(result.err()).contains("drainwatch.kubernetes.form is " + form);
    }
  }

  @Test
  void saysWhichKubeconfigCannotBeRead() {
    Path nowhere = directory.resolve("nowhere").toAbsolutePath();
    Tool.Result result = run(-1, "form: controller", "kubeconfig: " + nowhere);

    assertThat(result.code()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(result.err()).contains(nowhere.toString(), "Nothing is drained");
  }

  @Test
  void saysThatThePartThatTalksToAzureIsNotThere() throws Exception {
    try (DrainedCluster cluster = new DrainedCluster()) {
      Path kubeconfig = cluster.server.writeKubeconfig(directory.resolve("kubeconfig"));
      Tool.Result result =
          tool.run(
              "drainer",
              "--config",
              tool.file(
                  "drainwatch.yml",
                  """
                  drainwatch:
                    azure: {enabled: true}
                    kubernetes: {form: controller, kubeconfig: %s}
                  """
                      .formatted(kubeconfig)));

      assertThat(result.code()).isEqualTo(ExitCode.CONFIGURATION);
      assertThat(result.err())
          .contains("drainwatch.azure.enabled is true", "No Azure here", "Nothing is drained");
    }
  }

  @Test
  void saysThatThePortIsTaken() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        DrainedCluster cluster = new DrainedCluster()) {
      Path kubeconfig = cluster.server.writeKubeconfig(directory.resolve("kubeconfig"));
      Tool.Result result =
          run(
              other.getLocalPort(),
              "form: controller",
              "node-name: n1",
              "kubeconfig: " + kubeconfig);

      assertThat(result.code()).isEqualTo(ExitCode.PORT);
      assertThat(result.err()).contains("port " + other.getLocalPort());
      assertThat(cluster.leader()).isEmpty();
    }
  }
}
