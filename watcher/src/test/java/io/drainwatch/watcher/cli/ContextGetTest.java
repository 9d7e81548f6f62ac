package io.drainwatch.watcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContextGetTest {
  private static final String JSON =
      "{\"vm\":{\"name\":\"vm_0\",\"recreated\":true},\"disks\":[{\"name\":\"os\"}],\"text\":null}";

  private static final Pattern SLOW =
      Pattern.compile(
          " (io\\.micronaut|io\\.netty|okhttp3|org\\.quartz|org\\.slf4j)\\.|CommandSpec|ObjectMapper");

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

  @Test
  void numbersAndListsArePrintedAsTheyWere() {
    Tool tool =
        Tool.in(directory)
            .variable(
                "DRAIN_CONTEXT", "{\"a\":[1,-2.50,null,{\"b\":12345678901234567890}],\"c\":[]}");

    assertThat(tool.run("context", "get", ".a").out())
        .isEqualTo("[1,-2.50,null,{\"b\":12345678901234567890}]\n");
    assertThat(tool.run("context", "get", ".c").out()).isEqualTo("[]\n");
  }

  @Test
  void isAskedForByAPathAloneAndWhateverElseIsSaidGoesTheUsualWay() {
    assertThat(ContextGet.isAskedBy("context", "get", ".vm.name")).isTrue();
    assertThat(ContextGet.isAskedBy("context", "get", "--help")).isFalse();
    assertThat(ContextGet.isAskedBy("context", "get")).isFalse();
    assertThat(ContextGet.isAskedBy("hooks", "list", ".vm.name")).isFalse();
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
            ".vm.recreated");
    builder.environment().put("DRAIN_CONTEXT", JSON);
    builder.environment().remove("DRAIN_CONTEXT_FILE");
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).isZero();
    assertThat(said.lines()).contains("true");
    assertThat(said.lines().filter(line -> SLOW.matcher(line).find())).isEmpty();
  }
}
