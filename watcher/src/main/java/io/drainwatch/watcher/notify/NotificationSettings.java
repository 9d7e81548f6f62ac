package io.drainwatch.watcher.notify;

import io.drainwatch.drainer.notify.NoticeFilter;
import io.drainwatch.drainer.notify.Outbox;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Whom to tell.
 *
 * @param giveUpAfter a notice older than this is let go
 * @param most notices kept for those that do not take them
 */
public record NotificationSettings(Duration giveUpAfter, List<SinkSettings> sinks, int most) {
  public static final Duration DEFAULT_GIVE_UP_AFTER = Duration.ofHours(24);
  public static final NotificationSettings NONE =
      new NotificationSettings(DEFAULT_GIVE_UP_AFTER, List.of(), Outbox.MOST_OF_A_VM);

  public NotificationSettings {
    sinks = List.copyOf(sinks);
  }

  /** The same for a whole cluster. */
  public NotificationSettings ofACluster() {
    return new NotificationSettings(giveUpAfter, sinks, Outbox.MOST_OF_A_CLUSTER);
  }

  public boolean isEmpty() {
    return sinks.isEmpty();
  }

  Map<String, NoticeFilter> filters() {
    return sinks.stream().collect(Collectors.toMap(SinkSettings::name, SinkSettings::filter));
  }
}
