package io.drainwatch.watcher.daemon;

import io.drainwatch.drainer.context.ContextMapping;
import io.drainwatch.drainer.context.ContextSettings;
import io.drainwatch.drainer.context.DrainContext;
import io.drainwatch.drainer.context.DrainContextJson;
import io.drainwatch.drainer.context.DrainVariables;
import io.drainwatch.drainer.maintenance.Action;
import io.drainwatch.drainer.maintenance.Document;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.EventSource;
import io.drainwatch.drainer.maintenance.EventStatus;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.Lifecycle;
import io.drainwatch.drainer.maintenance.LifecycleSettings;
import io.drainwatch.drainer.maintenance.Machine;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import io.drainwatch.drainer.maintenance.Watch;
import io.drainwatch.drainer.record.EpisodeJson;
import io.drainwatch.watcher.events.DocumentReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Goes the way of an event once with made-up values: loading the classes of core, record and
 * context takes some hundred milliseconds that the first event's notice need not pay. Touches
 * nothing.
 */
final class WarmUp {
  private static final String VM = "warm-up";

  private static final String DOCUMENT =
      """
      {"DocumentIncarnation":1,"Events":[{"EventId":"warm-up","EventType":"Reboot",
      "EventStatus":"Scheduled","EventSource":"Platform","ResourceType":"VirtualMachine",
      "Resources":["warm-up"],"NotBefore":"Mon, 19 Sep 2016 18:29:47 GMT","Description":"",
      "DurationInSeconds":9}]}""";

  private WarmUp() {}

  static void withValuesAlone(Instant now) {
    new DocumentReader().read(DOCUMENT.getBytes(StandardCharsets.UTF_8), now);
    Lifecycle lifecycle = new Lifecycle(LifecycleSettings.defaults());
    Machine machine = new Machine(VM, Optional.empty(), VM, false);
    Watch started =
        lifecycle.next(Watch.idle(), new Observation.DaemonStarted(machine), now).watch();
    Document document = new Document(OptionalLong.empty(), List.of(event(now)), now);
    lifecycle
        .next(started, new Observation.DocumentRead(document), now)
        .watch()
        .episode()
        .ifPresent(episode -> record(episode, now));
  }

  private static void record(Episode episode, Instant now) {
    EpisodeJson.read(EpisodeJson.write(episode));
    Action.RunScript run =
        new Action.RunScript(Hook.SCHEDULED, VM, 1, false, now.plusSeconds(60), true);
    DrainContext context =
        ContextMapping.map(
            EpisodeQuestion.about(episode, run, Optional.empty(), now, now, VM),
            Poller.nothingButTheName(VM),
            ContextSettings.defaults());
    DrainContextJson.write(context);
    DrainVariables.of(context, Optional.empty(), now, ContextSettings.MAXIMUM_INLINE_BYTES);
  }

  private static ScheduledEvent event(Instant now) {
    return new ScheduledEvent(
        VM,
        false,
        "Reboot",
        EventStatus.SCHEDULED,
        EventSource.PLATFORM,
        "VirtualMachine",
        List.of(VM),
        Optional.of(now.plusSeconds(900)),
        Optional.empty(),
        "",
        Optional.empty());
  }
}
