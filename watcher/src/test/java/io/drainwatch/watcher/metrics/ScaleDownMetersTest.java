package io.drainwatch.watcher.metrics;

import static io.drainwatch.watcher.metrics.CleaningStory.DB;
import static io.drainwatch.watcher.metrics.CleaningStory.NOON;
import static io.drainwatch.watcher.metrics.CleaningStory.ordinal;
import static io.drainwatch.watcher.metrics.CleaningStory.refused;
import static io.drainwatch.watcher.metrics.CleaningStory.standing;
import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.cleaning.CleaningListener;
import io.drainwatch.drainer.scaledown.Notice;
import io.drainwatch.drainer.scaledown.SetId;
import io.drainwatch.drainer.scaledown.Standing.Stage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** D02: the clean-up behind StatefulSets is counted. */
class ScaleDownMetersTest {
  private static final String SHOP = "namespace=\"shop\"";

  private final FleetMetrics metrics = new FleetMetrics("1.2.3");
  private final CleaningListener meters = metrics.ofTheCleanup();

  private double value(String name, String... labels) {
    return metrics
        .scrape()
        .lines()
        .filter(line -> line.startsWith("drainwatch_scaledown_" + name))
        .filter(line -> List.of(labels).stream().allMatch(line::contains))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  @Test
  @DisplayName("D02 orphans, their pods and their age")
  void tellsOfOrphans() {
    meters.leads(true);
    meters.stands(DB, standing(ordinal(2, Stage.RUNNING), ordinal(1, Stage.WAITING)), NOON);
    meters.stands(
        new SetId("shop", "mq", "u"), standing(ordinal(1, Stage.FAILED)), NOON.plusSeconds(90));

    assertThat(value("leader")).isEqualTo(1);
    assertThat(value("orphans{", SHOP)).isEqualTo(3);
    assertThat(value("pods{", SHOP, "phase=\"running\"")).isEqualTo(1);
    assertThat(value("pods{", SHOP, "phase=\"failed\"")).isEqualTo(1);
    assertThat(value("oldest_orphan_seconds", SHOP)).isEqualTo(90);

    meters.stands(DB, standing(), NOON.plusSeconds(100));
    assertThat(value("orphans{", SHOP)).isEqualTo(1);
    assertThat(value("oldest_orphan_seconds", SHOP)).isEqualTo(10);
    meters.isGone(new SetId("shop", "mq", "u"));
    assertThat(value("orphans{", SHOP)).isZero();
  }

  @Test
  @DisplayName("D02 the age of an orphan is since it was first seen")
  void tellsTheAgeSinceItWasFirstSeen() {
    meters.leads(true);
    meters.stands(DB, standing(ordinal(1, Stage.WAITING)), NOON);
    meters.stands(DB, standing(ordinal(1, Stage.RUNNING)), NOON.plusSeconds(40));

    assertThat(value("oldest_orphan_seconds", SHOP)).isEqualTo(40);
  }

  @Test
  @DisplayName("D02 what ended, was tried again, deleted, and failed")
  void counts() {
    meters.leads(true);
    meters.ended(DB, true, Duration.ofSeconds(7));
    meters.ended(DB, false, Duration.ofSeconds(3));
    meters.retried(DB);
    meters.claimDeleted(DB);
    meters.claimDeleted(DB);
    meters.failed(DB);

    assertThat(value("cleanups_total", SHOP, "result=\"success\"")).isEqualTo(1);
    assertThat(value("cleanups_total", SHOP, "result=\"failure\"")).isEqualTo(1);
    assertThat(value("cleanup_duration_seconds_sum", SHOP)).isEqualTo(10);
    assertThat(value("retries_total", SHOP)).isEqualTo(1);
    assertThat(value("claims_deleted_total", SHOP)).isEqualTo(2);
    assertThat(value("sync_errors_total", SHOP)).isEqualTo(1);
  }

  @Test
  @DisplayName("D14 what is refused, by why")
  void tellsWhatIsRefused() {
    meters.leads(true);
    meters.stands(DB, refused(Notice.RETENTION_CONFLICT), NOON);

    assertThat(value("refused{", SHOP, "reason=\"RetentionConflict\"")).isEqualTo(1);
    assertThat(value("refused{", SHOP, "reason=\"InvalidTemplate\"")).isZero();
  }

  @Test
  void tellsOfNothingWhileAnotherLeads() {
    meters.leads(true);
    meters.stands(DB, standing(ordinal(2, Stage.RUNNING)), NOON);
    meters.leads(false);
    meters.stands(DB, standing(ordinal(2, Stage.RUNNING)), NOON);

    assertThat(value("leader")).isZero();
    assertThat(value("orphans{", SHOP)).isZero();
  }

  @Test
  void hasSeriesForSoManyNamespacesOnly() {
    meters.leads(true);
    for (int i = 0; i < 300; i++) {
      meters.stands(
          new SetId("space-" + i, "db", "u" + i), standing(ordinal(1, Stage.RUNNING)), NOON);
    }

    assertThat(metrics.scrape().lines().filter(l -> l.startsWith("drainwatch_scaledown_orphans{")))
        .hasSize(201);
    assertThat(value("orphans{", "namespace=\"other\"")).isEqualTo(100);
  }
}
