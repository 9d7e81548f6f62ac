package io.drainwatch.drainer.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.drainwatch.drainer.context.ContextQuestion.KnownGroup;
import io.drainwatch.drainer.context.DrainContext.InstanceGroup.Member;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Instance and group of drain-scripts.md 2.2, and the point of view of a peer. */
class GroupTest {

  @ParameterizedTest(name = "{0} of scale set {1} is {2}, index {3}, of group {4}")
  @CsvSource(
      nullValues = "-",
      value = {
        "west_0, '', west/0, 0, west",
        "west_007, '', west/007, 7, west",
        "a_b_12, '', a_b/12, 12, a_b",
        "db, '', db, -, -",
        "_5, '', _5, -, -",
        "west_, '', west_, -, -",
        "west_99999999999999999999, '', west_99999999999999999999, -, -",
        "app_a1b2c3d4, app, app_a1b2c3d4, -, app",
        "west_3, pool, west/3, 3, pool"
      })
  void namesInstanceAndGroup(
      String vm, String scaleSet, String name, Long index, String groupName) {
    DrainContext context = Asked.about("Reboot").of(vm).on(vm).scaleSet(scaleSet).context();

    assertThat(context.instance().name()).isEqualTo(name);
    assertThat(context.instance().index().stream().boxed().findFirst())
        .isEqualTo(Optional.ofNullable(index));
    assertThat(context.instanceGroup().name()).isEqualTo(Optional.ofNullable(groupName));
  }

  @Test
  void takesMembersFromTheEventWhereNothingElseTells() {
    DrainContext.InstanceGroup group =
        Asked.about("Terminate")
            .naming("west_1", "EAST_0", "West_2", "west_0")
            .context()
            .instanceGroup();

    assertThat(group.size()).isEmpty();
    assertThat(group.instances())
        .extracting(Member::name, Member::isSelf, Member::nextState)
        .containsExactly(
            tuple("west_1", false, NextState.Instance.DELETE),
            tuple("West_2", false, NextState.Instance.DELETE),
            tuple("west_0", true, NextState.Instance.DELETE));
  }

  @Test
  void knowsAScaleSetsMembersByTheirNames() {
    Asked asked =
        Asked.about("Reboot")
            .of("app_a1b2c3d4")
            .on("app_a1b2c3d4")
            .scaleSet("App")
            .naming("app_00000001", "app_db_0", "application_1", "app");

    assertThat(asked.context().instanceGroup().instances())
        .extracting(Member::name)
        .containsExactly("app_a1b2c3d4", "app_00000001");
  }

  @Test
  void aVmThatStandsAloneIsItsOwnGroup() {
    DrainContext.InstanceGroup group =
        Asked.about("Reboot").of("db").on("db").naming("db", "web").context().instanceGroup();

    assertThat(group.name()).isEmpty();
    assertThat(group.instances()).extracting(Member::name).containsExactly("db");
  }

  @Test
  void keepsKnownMembersThatAreNotAffected() {
    KnownGroup known =
        new KnownGroup(
            OptionalInt.of(7),
            List.of(
                new KnownGroup.Member("west_2", Optional.of(MaintenanceState.DRAINED)),
                new KnownGroup.Member("west_1", Optional.empty()),
                new KnownGroup.Member("WEST_1", Optional.empty())));

    DrainContext.InstanceGroup group =
        Asked.about("Terminate").naming("west_0", "west_1").group(known).context().instanceGroup();

    assertThat(group.size()).hasValue(7);
    assertThat(group.instances())
        .containsExactly(
            new Member(
                "west_0",
                true,
                true,
                Optional.of(MaintenanceState.DRAINING),
                NextState.Instance.DELETE),
            new Member(
                "west_2",
                false,
                false,
                Optional.of(MaintenanceState.DRAINED),
                NextState.Instance.KEEP),
            new Member("west_1", false, true, Optional.empty(), NextState.Instance.DELETE));
  }

  @Test
  void speaksOfThePeerInPeerRemoved() {
    DrainContext context =
        Asked.about("Terminate")
            .in(Hook.PEER_REMOVED, MaintenanceState.MAINTENANCE_STARTED)
            .status(EventPhase.COMPLETED)
            .of("west_1")
            .on("west_0")
            .naming("west_1")
            .group(2, "west_0", "west_1")
            .context();

    assertThat(context.vm().name()).isEqualTo("west_1");
    assertThat(context.vm().isSelf()).isFalse();
    assertThat(context.vm().deleted()).isTrue();
    assertThat(context.disks()).isEmpty();
    assertThat(context.jobs()).isEmpty();
    assertThat(context.affectedVms()).containsExactly(new DrainContext.AffectedVm("west_1", false));
    assertThat(context.instanceGroup().instances())
        .extracting(Member::name, Member::isSelf, Member::affected)
        .containsExactly(tuple("west_0", true, false), tuple("west_1", false, true));
    assertThat(ContextSchema.complaints(ContextSchema.written(context))).isEmpty();
  }

  @Test
  void comparesNamesIgnoringCase() {
    DrainContext context = Asked.about("Reboot").on("WEST_0").naming("West_0").context();

    assertThat(context.vm().isSelf()).isTrue();
    assertThat(context.affectedVms()).containsExactly(new DrainContext.AffectedVm("West_0", true));
  }

  @Test
  void hasNoZoneWhereNoneIsTold() {
    assertThat(Asked.about("Reboot").zone("").context().instance().az()).isEmpty();
  }
}
