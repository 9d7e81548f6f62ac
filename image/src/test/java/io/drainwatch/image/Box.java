package io.drainwatch.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A command in the unpacked image: read-only root, own process name space, the image's user,
 * environment and entry point. Closing it kills everything in it.
 */
final class Box implements AutoCloseable {
  /** What the chart's watcher has. */
  static final List<String> VOLUMES = List.of("/tmp", "/var/lib/drainwatch");

  private final Process process;
  private final Path said;

  private Box(Process process, Path said) {
    this.process = process;
    this.said = said;
  }

  /** Why this machine cannot do it, if so. */
  static Optional<String> obstacle() throws Exception {
    if (!System.getProperty("user.name").equals("root")) {
      return Optional.of("not root");
    }
    for (List<String> tool :
        List.of(
            List.of(
                "unshare", "--mount", "--pid", "--fork", "mount", "-t", "tmpfs", "tmpfs", "/mnt"),
            List.of("setpriv", "--no-new-privs", "true"))) {
      try {
        Process trial = new ProcessBuilder(tool).redirectErrorStream(true).start();
        trial.getInputStream().readAllBytes();
        if (trial.waitFor() != 0) {
          return Optional.of(tool + " does not work here");
        }
      } catch (IOException e) {
        return Optional.of(e.getMessage());
      }
    }
    return Optional.empty();
  }

  /** The image's entry point with these arguments. */
  static Box run(UnpackedImage image, Map<String, String> environment, String... arguments)
      throws Exception {
    List<String> command = new ArrayList<>(image.texts("Entrypoint"));
    command.addAll(List.of(arguments));
    return start(image, VOLUMES, environment, command);
  }

  static Box start(
      UnpackedImage image,
      List<String> volumes,
      Map<String, String> environment,
      List<String> command)
      throws Exception {
    Path script = Path.of(Box.class.getResource("sandbox").toURI());
    List<String> whole = new ArrayList<>(List.of("unshare", "--mount", "--pid", "--fork", "sh"));
    whole.add(script.toString());
    whole.add(image.root().toString());
    whole.add(image.config().get("User").asText());
    whole.add(String.join(" ", volumes));
    whole.addAll(command);
    Path said = Files.createTempFile(image.root().getParent(), "said", "");
    ProcessBuilder builder =
        new ProcessBuilder(whole).redirectErrorStream(true).redirectOutput(said.toFile());
    builder.environment().clear();
    for (String variable : image.texts("Env")) {
      String[] nameAndValue = variable.split("=", 2);
      builder.environment().put(nameAndValue[0], nameAndValue[1]);
    }
    builder.environment().putAll(environment);
    return new Box(builder.start(), said);
  }

  String said() throws IOException {
    return Files.readString(said);
  }

  int code() throws InterruptedException, IOException {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new IllegalStateException("still runs after 60 s: " + said());
    }
    return process.exitValue();
  }

  /** As a container runtime stops it: the signal goes to process 1. */
  void stop() {
    process.children().forEach(ProcessHandle::destroy);
  }

  /** Names of all that is in it, zombies too. */
  List<String> processes() {
    return process.descendants().map(Box::name).toList();
  }

  private static String name(ProcessHandle handle) {
    Path about = Path.of("/proc", Long.toString(handle.pid()), "comm");
    try (Stream<String> lines = Files.lines(about)) {
      return lines.findFirst().orElse("");
    } catch (IOException | java.io.UncheckedIOException e) {
      return "gone";
    }
  }

  @Override
  public void close() {
    // with process 1 of a name space all of it ends
    process.children().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().join();
  }
}
