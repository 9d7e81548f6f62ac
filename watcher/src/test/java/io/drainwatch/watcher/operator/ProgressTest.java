package io.drainwatch.watcher.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.watcher.report.MaintenanceStatus;
import io.drainwatch.watcher.report.StatusJson;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private static final String ID = "e/vm_0";

  private static MaintenanceStatus status(String state, String outcome, String phase, String more)
      throws IOException {
    return StatusJson.readStatus(
        """
        {"version":"1","at":"2026-11-21T05:00:00Z","eventsOfOtherVms":0,"maintenance":{
          "id":"%s","state":"%s","begunAt":"2026-11-21T05:00:00Z","since":"2026-11-21T05:00:00Z",
          "entered":{"Cordoned":"2026-11-21T05:00:00Z"%s},"action":"drain","leadingEvent":"e",
          "events":[],"hooks":[{"hook":"drain","begunAt":"2026-11-21T05:00:00Z","listed":true,
            "aborted":false,"finished":false,"scripts":[{"name":"10-a","phase":"%s","attempts":2,
            "reason":"exit code 1"}]}],
          "drain":{"outcome":"%s","reason":"a script failed","left":["drain/10-a"]},
          "cordonOurs":true,"cancelled":false,"rebooted":false%s}}
        """
            .formatted(
                ID,
                state,
                state.equals("Drained") ? ",\"Drained\":\"2026-11-21T05:00:01Z\"" : "",
                phase,
                outcome,
                more));
  }

  private static final MaintenanceStatus NONE = none();

  private static MaintenanceStatus none() {
    try {
      return StatusJson.readStatus(
          "{\"version\":\"1\",\"at\":\"2026-11-21T05:00:00Z\",\"eventsOfOtherVms\":0}");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Progress drain(Optional<MaintenanceStatus> before, MaintenanceStatus now) {
    return Progress.between(
        Progress.Aim.DRAINED, ID, before.flatMap(MaintenanceStatus::maintenance), now);
  }

  @Test
  void tellsEachChangeOnce() throws IOException {
    MaintenanceStatus begun = status("Draining", "open", "begun", "");
    MaintenanceStatus done = status("Draining", "open", "succeeded", "");

    assertThat(drain(Optional.empty(), begun).news())
        .containsExactly("drain/10-a: running, call 2", "Draining");
    assertThat(drain(Optional.of(begun), begun).news()).isEmpty();
    assertThat(drain(Optional.of(begun), done).news())
        .containsExactly("drain/10-a: done after 2 calls");
    assertThat(drain(Optional.of(begun), done).end()).isEmpty();
  }

  @Test
  void drainedIsTheEndOfADrain() throws IOException {
    assertThat(drain(Optional.empty(), status("Drained", "complete", "succeeded", "")).end())
        .contains(new Progress.End(true, "The machine is drained."));
  }

  @Test
  void completeIsNotDrainedBeforeTheStateIs() throws IOException {
    assertThat(drain(Optional.empty(), status("Draining", "complete", "succeeded", "")).end())
        .isEmpty();
  }

  @Test
  void aFailedDrainSaysWhyAndWhatIsLeft() throws IOException {
    Progress progress = drain(Optional.empty(), status("Draining", "failed", "failed", ""));

    assertThat(progress.news()).contains("drain/10-a: failed: exit code 1");
    assertThat(progress.end())
        .contains(
            new Progress.End(
                false,
                "Not drained (failed): a script failed; left: drain/10-a. drainwatch resume puts"
                    + " the machine back into service."));
  }

  @Test
  void aDrainThatIsHeldDoesNotGoOn() throws IOException {
    assertThat(
            drain(
                    Optional.empty(),
                    status("Draining", "open", "begun", ",\"held\":\"ForeignUncordon\""))
                .end())
        .contains(new Progress.End(false, "The drain is held: ForeignUncordon."));
  }

  @Test
  void aMaintenanceThatIsOverIsBackInServiceButNotDrained() {
    assertThat(drain(Optional.empty(), NONE).end().orElseThrow().reached()).isFalse();
    assertThat(Progress.between(Progress.Aim.BACK_IN_SERVICE, ID, Optional.empty(), NONE).end())
        .contains(new Progress.End(true, "Back in service."));
  }
}
