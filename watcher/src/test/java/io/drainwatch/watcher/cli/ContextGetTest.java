package io.drainwatch.watcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContextGetTest {
  private static final String JSON =
      "{\"vm\":{\"name\":\"vm_0\",\"recreated\":true},\"disks\":[{\"name\":\"os\"}],\"text\":null}";

  @TempDir Path directory;

  @Test
  void readsTheFileFirst() {
    Tool tool = Tool.in(directory);
    tool.variable("DRAIN_CONTEXT_FILE", tool.file("context.json", JSON).toString())
        .variable("DRAIN_CONTEXT", "{\"vm\":{\"name\":\"another\"}}");

    assertThat(tool.run("context", "get", ".vm.name"))
        .isEqualTo(new Tool.Result(ExitCode.OK, "vm_0\n", ""));
  }

  @Test
  void readsTheVariableWhenThereIsNoFile() {
    Tool tool = Tool.in(directory).variable("DRAIN_CONTEXT", JSON);

    assertThat(tool.run("context", "get", ".vm.recreated").out()).isEqualTo("true\n");
    assertThat(tool.run("context", "get", ".disks[0].name").out()).isEqualTo("os\n");
    assertThat(tool.run("context", "get", ".text").out()).isEqualTo("null\n");
    assertThat(tool.run("context", "get", ".").out()).isEqualTo(JSON + "\n");
  }

  @Test
  void readsTheVariableWhenTheFileIsGone() {
    Tool tool =
        Tool.in(directory)
            .variable("DRAIN_CONTEXT_FILE", directory.resolve("gone").toString())
            .variable("DRAIN_CONTEXT", JSON);

    assertThat(tool.run("context", "get", ".vm.name").out()).isEqualTo("vm_0\n");
  }

  @Test
  void aMissingMemberIsAFailureAndAMalformedPathIsMisuse() {
    Tool tool = Tool.in(directory).variable("DRAIN_CONTEXT", JSON);

    Tool.Result missing = tool.run("context", "get", ".vm.size");
    Tool.Result malformed = tool.run("context", "get", "vm.name");

    assertThat(missing)
        .isEqualTo(new Tool.Result(ExitCode.FAILED, "", "The drain context has no .vm.size.\n"));
    assertThat(malformed.code()).isEqualTo(ExitCode.USAGE);
    assertThat(malformed.err()).contains("'vm.name' is no path");
  }

  @Test
  void outsideOfAHookItSaysSo() {
    Tool.Result result = Tool.in(directory).run("context", "get", ".vm.name");

    assertThat(result.code()).isEqualTo(ExitCode.FAILED);
    assertThat(result.err()).contains("inside a hook only");
  }

  @Test
  void whatIsNoJsonIsNamed() {
    Tool.Result result =
        Tool.in(directory).variable("DRAIN_CONTEXT", "{").run("context", "get", ".vm.name");

    assertThat(result.code()).isEqualTo(ExitCode.FAILED);
    assertThat(result.err()).startsWith("The drain context in DRAIN_CONTEXT is no JSON");
  }

  /** Hooks call it many times; in a process of its own, as they do. */
  @Test
  void loadsNothingThatIsSlow() throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xlog:class+load:stdout",
            "-XX:TieredStopAtLevel=1",
            "-classpath",
            System.getProperty("java.class.path"),
            "io.drainwatch.watcher.Drainwatch",
            "context",
            "get",
            ".vm.name");
    builder.environment().put("DRAIN_CONTEXT", JSON);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes());

    assertThat(process.waitFor()).isZero();
    assertThat(said.lines()).contains("vm_0");
    assertThat(
            said.lines()
                .filter(
                    line ->
                        line.matches(
                            ".* (io\\.micronaut|io\\.netty|okhttp3|org\\.quartz|org\\.slf4j\\.simple)\\..*")))
        .isEmpty();
  }
}
