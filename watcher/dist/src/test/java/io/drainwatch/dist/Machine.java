package io.drainwatch.dist;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A small Debian in a directory: debootstrap's minimal one, with processes of its own and without a
 * process 1 that starts services; a script stands in for systemctl.
 */
final class Machine implements AutoCloseable {
  private final Path root;
  private final Process holder;

  private Machine(Path root, Process holder) {
    this.root = root;
    this.holder = holder;
  }

  /** Why there can be none here, if so. */
  static Optional<String> obstacle() throws Exception {
    if (!System.getProperty("user.name").equals("root")) {
      return Optional.of("not root");
    }
    for (String tool : List.of("debootstrap", "dpkg-deb", "nsenter")) {
      if (!succeeds("sh", "-c", "command -v " + tool)) {
        return Optional.of(tool + " is not installed");
      }
    }
    return succeeds("unshare", "--mount", "--pid", "--fork", "mount", "-t", "tmpfs", "t", "/mnt")
        ? silence()
        : Optional.of("no name spaces here");
  }

  /** Only that the mirror cannot be reached is no fault of what is tested. */
  private static Optional<String> silence() throws InterruptedException {
    URI release =
        URI.create(
            System.getProperty("image.debian")
                + "/debian/dists/"
                + System.getProperty("deb.suite")
                + "/Release");
    try (HttpClient client = HttpClient.newHttpClient()) {
      client.send(
          HttpRequest.newBuilder(release).timeout(Duration.ofSeconds(30)).build(),
          HttpResponse.BodyHandlers.discarding());
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(release + " does not answer: " + e);
    }
  }

  private static boolean succeeds(String... command) throws Exception {
    try {
      Processes.run(new ProcessBuilder(command));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Downloads it once for a build directory. */
  static Path debian(Path directory) throws Exception {
    String suite = System.getProperty("deb.suite");
    Path root = directory.resolve("debian-" + suite);
    Path done = directory.resolve("debian-" + suite + ".done");
    if (!Files.exists(done)) {
      Processes.run(new ProcessBuilder("rm", "-rf", "--one-file-system", root.toString()));
      Processes.run(
          new ProcessBuilder(
              "debootstrap",
              "--variant=minbase",
              suite,
              root.toString(),
              System.getProperty("image.debian") + "/debian"));
      Files.createFile(done);
    }
    return root;
  }

  static Machine copyOf(Path debian, Path root) throws Exception {
    // dpkg would have each file written to the disk before the next
    Path settings = debian.resolve("etc/dpkg/dpkg.cfg.d/quick");
    Files.writeString(settings, "force-unsafe-io\n");
    Processes.run(
        new ProcessBuilder("cp", "-a", "--reflink=auto", debian.toString(), root.toString()));
    Path systemctl = root.resolve("usr/bin/systemctl");
    Files.copy(script("systemctl"), systemctl);
    Files.setPosixFilePermissions(systemctl, PosixFilePermissions.fromString("rwxr-xr-x"));
    Process holder =
        new ProcessBuilder(
                "unshare",
                "--mount",
                "--pid",
                "--fork",
                "--kill-child",
                "sh",
                script("machine").toString(),
                root.toString())
            .redirectErrorStream(true)
            .start();
    BufferedReader said = holder.inputReader();
    String line = said.readLine();
    if (!"ready".equals(line)) {
      holder.destroyForcibly();
      throw new IOException("no machine: " + line);
    }
    return new Machine(root, holder);
  }

  private static Path script(String name) throws Exception {
    return Path.of(Machine.class.getResource(name).toURI());
  }

  /** What it said; an error says it too. */
  String run(String... command) throws Exception {
    return Processes.run(builder(command));
  }

  private ProcessBuilder builder(String... command) {
    String inside = Long.toString(holder.children().findFirst().orElseThrow().pid());
    List<String> whole =
        new ArrayList<>(
            List.of("nsenter", "--target", inside, "--mount", "--pid", "chroot", root.toString()));
    whole.addAll(List.of(command));
    ProcessBuilder builder = new ProcessBuilder(whole);
    builder.environment().clear();
    builder
        .environment()
        .put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
    builder.environment().put("LANG", "C.UTF-8");
    builder.environment().put("HOME", "/root");
    builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
    return builder;
  }

  Path file(String path) {
    return root.resolve(path.substring(1));
  }

  boolean has(String path) {
    return Files.exists(file(path), LinkOption.NOFOLLOW_LINKS);
  }

  /** Empty where it is not there. */
  String text(String path) throws IOException {
    return has(path) ? Files.readString(file(path), StandardCharsets.UTF_8) : "";
  }

  void write(String path, String text) throws IOException {
    Files.createDirectories(file(path).getParent());
    Files.writeString(file(path), text);
  }

  void executable(String path, String text) throws IOException {
    write(path, text);
    Files.setPosixFilePermissions(file(path), PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** Paths of everything on its disk. */
  List<String> files() throws Exception {
    return run("find", "/", "-xdev").lines().sorted().toList();
  }

  /** Names of all that run; nobody collects the dead here. */
  List<String> processes() {
    return holder
        .descendants()
        .map(each -> status(each.pid()))
        .filter(status -> !status.contains("\nState:\tZ"))
        .map(status -> status.lines().findFirst().orElse("gone").replaceFirst("Name:\t", ""))
        .toList();
  }

  private static String status(long process) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(process), "status"));
    } catch (IOException e) {
      return "";
    }
  }

  @Override
  public void close() throws Exception {
    holder.descendants().forEach(ProcessHandle::destroyForcibly);
    holder.destroyForcibly().onExit().join();
    Processes.run(new ProcessBuilder("rm", "-rf", "--one-file-system", root.toString()));
  }
}
