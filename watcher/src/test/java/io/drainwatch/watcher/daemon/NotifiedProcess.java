package io.drainwatch.watcher.daemon;

import io.drainwatch.drainer.notify.NoticeFilter;
import io.drainwatch.drainer.notify.Outbox;
import io.drainwatch.drainer.notify.Subject;
import io.drainwatch.drainer.record.EpisodeJson;
import io.drainwatch.drainer.scripts.ScriptFixtures;
import io.drainwatch.watcher.notify.DeliveryCounts;
import io.drainwatch.watcher.notify.KeptOutbox;
import io.drainwatch.watcher.notify.NotificationSettings;
import io.drainwatch.watcher.notify.Notifier;
import io.drainwatch.watcher.notify.Secret;
import io.drainwatch.watcher.notify.SinkKind;
import io.drainwatch.watcher.notify.SinkSettings;
import io.drainwatch.watcher.notify.VmNotices;
import io.drainwatch.watcher.record.StateView;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * A daemon in a JVM of its own that tells two sinks, {@code /a} and {@code /b}, and can be killed.
 */
final class NotifiedProcess {
  private NotifiedProcess() {}

  /** Runs until its input ends, so that it does not outlive the test. */
  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[1]);
    InstantSource clock = InstantSource.system();
    Notifier notifier = new Notifier(sinks(arguments[2]), clock, DeliveryCounts.NOBODY);
    VmNotices notices = new VmNotices(notifier, vm -> Subject.plainVm(vm, false));
    TestVm vm = TestVm.at(URI.create(arguments[0]), directory).witness(notices);
    Path state = vm.settings().stateDirectory();
    if (notifier.begin(new KeptOutbox(state)) && Files.isDirectory(state)) {
      notices.ended(
          StateView.of(state).history(3).stream()
              .flatMap(json -> EpisodeJson.readSummary(json).stream())
              .toList(),
          clock.instant(),
          Duration.ofHours(1));
    }
    vm.start();
    System.in.readAllBytes();
    vm.stop();
    notifier.close();
  }

  static NotificationSettings sinks(String base) {
    return new NotificationSettings(
        Duration.ofHours(1), List.of(sink("a", base), sink("b", base)), Outbox.MOST_OF_A_VM);
  }

  private static SinkSettings sink(String name, String base) {
    return new SinkSettings(
        name,
        SinkKind.CLOUDEVENTS,
        new Secret.Given(base + "/" + name),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        NoticeFilter.ALL,
        Optional.empty(),
        Optional.empty(),
        Duration.ofMinutes(2),
        Optional.empty(),
        SinkSettings.DEFAULT_CONTENT_TYPE);
  }

  static KilledVm.Launcher telling(String base) {
    return (String metadataService, ScriptFixtures scripts) ->
        DaemonProcess.java(
            List.of(),
            NotifiedProcess.class.getName(),
            metadataService,
            scripts.root().getParent().toString(),
            base);
  }
}
