package io.drainwatch.drainer.scripts;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.drainwatch.drainer.maintenance.Hook;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

/**
 * Scripts for tests, below a temporary directory: hook directories, a work directory, and a runner
 * that trusts the way down to the temporary directory (which is world-writable as a rule), but
 * nothing else.
 */
public final class ScriptFixtures {

  private final Path root;

  private ScriptFixtures(Path root) {
    this.root = root;
  }

  public static ScriptFixtures in(Path temporaryDirectory) {
    try {
      return new ScriptFixtures(directory(temporaryDirectory.toRealPath().resolve("scripts")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path root() {
    return root;
  }

  public Path operator() {
    return directory(root.resolve("etc"));
  }

  public Path vendor() {
    return directory(root.resolve("usr"));
  }

  public Path work() {
    return root.resolve("work");
  }

  /** An operator's script of {@code /bin/sh} with this body. */
  public Path hook(Hook hook, String name, String body) {
    return script(directory(operator().resolve(hook.word())), name, body);
  }

  /** An executable script of {@code /bin/sh} with this body. */
  public Path script(Path directory, String name, String body) {
    return file(directory, name, "#!/bin/sh\n" + body + "\n");
  }

  /** An executable file with just this content. */
  public Path file(Path directory, String name, String content) {
    try {
      Path file = Files.write(directory(directory).resolve(name), content.getBytes(UTF_8));
      return mode(file, "rwxr-xr-x");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public SafetyCheck safetyCheck() {
    return safetyCheck(DaemonProcess.uid());
  }

  SafetyCheck safetyCheck(int daemonUid) {
    return new SafetyCheck(trustingTheWay(), daemonUid, true);
  }

  /** As the system says, but the directories above {@link #root} are root's alone. */
  FileFacts trustingTheWay() {
    FileFacts system = FileFacts.ofSystem();
    return path ->
        !path.equals(root) && root.startsWith(path)
            ? new FileFacts.Facts(0, 0040755)
            : system.of(path);
  }

  public HookDirectories hookDirectories() {
    return hookDirectories(ScriptNames.ANY);
  }

  public HookDirectories hookDirectories(ScriptNames names) {
    return new HookDirectories(List.of(operator(), vendor()), names, safetyCheck());
  }

  public ScriptEnvironment environment() {
    return new ScriptEnvironment(
        Map.of("PATH", "/usr/sbin:/usr/bin:/sbin:/bin"),
        ScriptEnvironment.DEFAULT_DROP,
        root.toString());
  }

  public ScriptRunner runner() {
    return new ScriptRunner(safetyCheck(), environment());
  }

  static Path directory(Path path) {
    try {
      if (Files.notExists(path)) {
        directory(path.getParent());
        Files.createDirectory(path);
        mode(path, "rwxr-xr-x"); // whatever the umask
      }
      return path;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path mode(Path path, String permissions) {
    try {
      return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
