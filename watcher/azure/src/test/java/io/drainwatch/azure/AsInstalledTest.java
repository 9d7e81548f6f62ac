package io.drainwatch.azure;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.watcher.Drainwatch;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real process with the class path of the daemon, and the SDK in a directory beside it, as it is
 * installed; logged in by an {@code az} that is a script.
 */
@Timeout(180)
class AsInstalledTest {
  private static final String TOKEN = "token-of-the-script";
  private static final Predicate<String> IS_OURS =
      entry ->
          entry.contains("msal4j")
              || (entry.contains("azure") && !entry.contains("drainwatch-watcher"));

  @TempDir Path home;

  @BeforeEach
  void install() throws Exception {
    Path library = Files.createDirectories(home.resolve("azure"));
    for (String entry : entries()) {
      if (entry.endsWith(".jar") && IS_OURS.test(Path.of(entry).getFileName().toString())) {
        Files.copy(Path.of(entry), library.resolve(Path.of(entry).getFileName()));
      }
    }
    jar(ownClasses(), library.resolve("drainwatch-azure.jar"));
  }

  @Test
  void everythingThatIsNeededIsFoundThroughItsOwnClassLoader() throws Exception {
    az("echo '{\"accessToken\":\"" + TOKEN + "\",\"expiresOn\":\"2099-01-01 00:00:00.000000\"}'");

    Outcome outcome = run("cli");

    assertThat(outcome.code()).as(outcome.err()).isEqualTo(6);
    assertThat(outcome.err())
        .startsWith("Listing the instances of scale set pool (resource group rg-1) failed: ")
        .contains("Look at network, DNS and proxy")
        .doesNotContain(TOKEN);
    assertThat(outcome.out()).isEmpty();
  }

  @Test
  void saysThatNobodyIsLoggedIn() throws Exception {
    az("echo \"ERROR: Please run 'az login' to setup account.\" >&2; exit 1");

    Outcome outcome = run("cli");

    assertThat(outcome.code()).as(outcome.err()).isEqualTo(6);
    assertThat(outcome.err()).contains("Nobody is logged in for Azure").contains("az login");
  }

  @Test
  void saysThatThereIsNoWorkloadIdentity() throws Exception {
    Outcome outcome = run("workload");

    assertThat(outcome.code()).as(outcome.err()).isEqualTo(6);
    assertThat(outcome.err()).contains("There is no workload identity here", "--identity");
  }

  @Test
  void takesTheIdentityThatThereIs() throws Exception {
    az("echo '{\"accessToken\":\"" + TOKEN + "\",\"expiresOn\":\"2099-01-01 00:00:00.000000\"}'");

    assertThat(run("auto").err()).contains("Look at network, DNS and proxy").doesNotContain(TOKEN);
  }

  record Outcome(int code, String out, String err) {}

  private Outcome run(String identity) throws Exception {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            withoutOurs(),
            Drainwatch.class.getName(),
            "azure",
            "members",
            "--vmss",
            Arm.SET.path(),
            "--endpoint",
            "https://localhost:1",
            "--identity",
            identity);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(home.resolve("out").toFile())
            .redirectError(home.resolve("err").toFile());
    builder.environment().put("DRAINWATCH_HOME", home.toString());
    builder.environment().keySet().removeIf(name -> name.startsWith("AZURE_"));
    builder.environment().merge("PATH", home.toString(), (path, own) -> own + ":" + path);
    Process process = builder.start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    return new Outcome(
        process.exitValue(),
        Files.readString(home.resolve("out")),
        Files.readString(home.resolve("err")));
  }

  private void az(String script) throws IOException {
    Path az = Files.writeString(home.resolve("az"), "#!/bin/sh\n" + script + "\n");
    assertThat(az.toFile().setExecutable(true)).isTrue();
  }

  private static List<String> entries() {
    return Arrays.asList(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
            .split(File.pathSeparator));
  }

  private static Path ownClasses() throws URISyntaxException {
    return Path.of(SdkAccess.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private static String withoutOurs() throws URISyntaxException {
    Path own = ownClasses();
    return entries().stream()
        .filter(entry -> !Path.of(entry).equals(own))
        .filter(entry -> !IS_OURS.test(Path.of(entry).getFileName().toString()))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static void jar(Path classes, Path jar) throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> all = Files.walk(classes)) {
      all.filter(Files::isRegularFile).forEach(files::add);
    }
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out)) {
      for (Path file : files) {
        entries.putNextEntry(new JarEntry(classes.relativize(file).toString()));
        Files.copy(file, entries);
        entries.closeEntry();
      }
    }
  }
}
