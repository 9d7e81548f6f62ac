package io.drainwatch.watcher.daemon;

import com.fasterxml.jackson.databind.JsonNode;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.scripts.ScriptFixtures;
import io.drainwatch.watcher.record.StateView;
import io.drainwatch.watcher.simulator.RecordedRequest;
import io.drainwatch.watcher.simulator.Simulator;
import io.drainwatch.watcher.simulator.SimulatorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/**
 * A VM whose daemon is another process. Each hook has two scripts that write into a diary when they
 * begin and end: {@code begin drain/20-b <id> <attempt>}; the second can be held up.
 */
final class KilledVm implements AutoCloseable {
  private static final String SCRIPT =
      """
      me="$1/${0##*/}"
      echo "begin $me $DRAIN_ID $DRAIN_ATTEMPT" >> diary
      %s
      echo "end $me $DRAIN_ID $DRAIN_ATTEMPT" >> diary
      """;
  private static final String HELD =
      "echo $$ > \"pid-$1\"; while [ -e \"hold-$1\" ]; do sleep 0.05; done";

  /** How the daemon's process is started. */
  interface Launcher {
    Process start(String metadataService, ScriptFixtures scripts) throws Exception;
  }

  private final Launcher launcher;
  private final ScriptFixtures scripts;
  private final Path work;
  private final Simulator simulator;
  private Process daemon;

  KilledVm(Path directory, Launcher launcher) throws Exception {
    this.launcher = launcher;
    scripts = ScriptFixtures.in(directory);
    for (Hook hook : Hook.values()) {
      scripts.hook(hook, "10-a", SCRIPT.formatted(""));
      scripts.hook(hook, "20-b", SCRIPT.formatted(HELD));
    }
    work = scripts.root().resolve("state/work");
    simulator = Simulator.start(SimulatorSettings.forVm(TestVm.NAME));
    daemon = launcher.start(simulator.baseUrl(), scripts);
    await("the daemon's working directory", () -> Files.isDirectory(work));
  }

  Simulator simulator() {
    return simulator;
  }

  /** The second script of this hook waits until it is let go. */
  void hold(Hook hook) throws IOException {
    Files.writeString(work.resolve("hold-" + hook.word()), "");
  }

  void letGo(Hook hook) throws IOException {
    Files.deleteIfExists(work.resolve("hold-" + hook.word()));
  }

  /** Until the second script of this hook has begun. */
  void awaitBegin(Hook hook) {
    await(hook.word(), () -> diary().stream().anyMatch(isBegin(hook)));
  }

  /** Until the record says that both scripts of this hook have succeeded. */
  void awaitSuccess(Hook hook) {
    await(
        hook.word(),
        () -> {
          JsonNode scripts =
              record().path("episode").path("hooks").path(hook.name()).path("scripts");
          return scripts.findValuesAsText("phase").equals(List.of("SUCCEEDED", "SUCCEEDED"));
        });
  }

  private static Predicate<String> isBegin(Hook hook) {
    return line -> line.startsWith("begin " + hook.word() + "/20-b ");
  }

  Path work() {
    return work;
  }

  /** The process of the second script of this hook. */
  long pid(Hook hook) throws IOException {
    Path pid = work.resolve("pid-" + hook.word());
    await(pid.toString(), () -> !Files.readString(pid).isBlank());
    return Long.parseLong(Files.readString(pid).strip());
  }

  void awaitAccepted() {
    await(
        "an acknowledgement accepted",
        () -> record().path("episode").findValuesAsText("accepted").contains("true"));
  }

  void awaitPosts(int posts) {
    await(posts + " acknowledgements", () -> posts().size() >= posts);
  }

  void awaitOver() {
    await("the end", () -> record().isEmpty() && !history().isEmpty());
  }

  /** SIGTERM, and how long the daemon took to be gone. */
  Duration terminate() throws Exception {
    long begin = System.nanoTime();
    daemon.destroy();
    daemon.waitFor();
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  /** SIGKILL. */
  void kill() throws Exception {
    daemon.destroyForcibly().waitFor();
  }

  /** SIGKILL in the middle of the second script of this hook, which goes with it. */
  void killIn(Hook hook) throws Exception {
    awaitBegin(hook);
    long script = pid(hook);
    kill();
    ProcessHandle.of(script).ifPresent(ProcessHandle::destroyForcibly);
    letGo(hook);
  }

  /** As if the kill had come right before this hook, and nothing of it had ever been. */
  void forget(Hook hook) throws IOException {
    Path journal = work.resolveSibling("journal.jsonl");
    String listed = "\"%s\":{\"hook\":\"%s\",\"listed\":true".formatted(hook, hook);
    keep(journal, line -> !line.contains(listed));
    keep(work.resolve("diary"), line -> !line.contains(" " + hook.word() + "/"));
  }

  private static void keep(Path file, Predicate<String> wanted) throws IOException {
    Files.write(file, Files.readAllLines(file).stream().filter(wanted).toList());
  }

  void startAgain() throws Exception {
    daemon = launcher.start(simulator.baseUrl(), scripts);
  }

  List<String> diary() throws IOException {
    Path diary = work.resolve("diary");
    return Files.exists(diary) ? Files.readAllLines(diary) : List.of();
  }

  List<String> posts() {
    return simulator.requests().stream()
        .filter(request -> request.method().equals("POST"))
        .map(RecordedRequest::acknowledgedIds)
        .flatMap(List::stream)
        .toList();
  }

  List<JsonNode> history() throws Exception {
    return StateView.of(work.getParent()).history(10);
  }

  private JsonNode record() throws Exception {
    return StateView.of(work.getParent()).lastEntry().orElseThrow().record();
  }

  private static void await(String what, Callable<Boolean> wanted) {
    Awaitility.await(what)
        .atMost(Duration.ofSeconds(50))
        .pollInterval(Duration.ofMillis(20))
        .ignoreExceptions()
        .until(wanted);
  }

  @Override
  public void close() throws Exception {
    daemon.destroyForcibly().waitFor();
    simulator.close();
  }
}
