package io.drainwatch.drainer.slipstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScalingNamesTest {
  private final ScalingNames names = ScalingNames.byDefault();

  @ParameterizedTest(name = "SS07 {0} is {1}")
  @CsvSource({
    "west_0, west.0",
    "west_1_12, west_1.12",
    "west_007, west.007",
    "west_99999999999999999999999, west.99999999999999999999999",
    "db, db.1",
    "app_a1b2c3d4, app_a1b2c3d4.1",
    "_0, _0.1",
    "a.b_0, a.b.0",
    "west_\u0660, west_\u0660.1"
  })
  void readsNodeAndId(String vm, String instance) {
    assertThat(names.instanceName(vm)).isEqualTo(instance);
  }

  @Test
  @DisplayName("SS07 west_0 west_1 are the node west and its VMs west.0 west.1")
  void listsTheVmsOfAGroup() {
    assertThat(names.groups(List.of("west_0", "west_1")))
        .containsExactly(new ScalingGroup("west", List.of("0", "1")));
    assertThat(new ScalingGroup("west", List.of("0", "1")).vms()).isEqualTo("west.0 west.1");
  }

  @Test
  @DisplayName("SS10 VMs of two groups are two groups, each in the order received")
  void takesGroupsApart() {
    assertThat(names.groups(List.of("west_3", "db_0", "west_1", "db_9", "alone")))
        .containsExactly(
            new ScalingGroup("west", List.of("3", "1")),
            new ScalingGroup("db", List.of("0", "9")),
            new ScalingGroup("alone", List.of("1")));
  }

  @Test
  void knowsTheSameVmInOtherLettersAndOneSpellingOfANode() {
    assertThat(names.groups(List.of("West_0", "WEST_0", "west_1")))
        .containsExactly(new ScalingGroup("West", List.of("0", "1")));
    assertThat(names.groupOf("west_1", List.of("WEST_0", "WEST_1", "db_0")))
        .isEqualTo(new ScalingGroup("west", List.of("0", "1")));
  }

  @Test
  void hasTheVmItselfInItsGroupWhateverTheEventSays() {
    assertThat(names.groupOf("west_1", List.of("db_0", "west_0")))
        .isEqualTo(new ScalingGroup("west", List.of("0", "1")));
    assertThat(names.groupOf("west_1", List.of()))
        .isEqualTo(new ScalingGroup("west", List.of("1")));
  }

  @Test
  void leavesOutWhatIsNoVmsName() {
    assertThat(names.groups(List.of("", "west_0 db_1", "a\u00a0b", "../x", "a\tb", "west_1")))
        .containsExactly(new ScalingGroup("west", List.of("1")));
  }

  @Test
  void takesAPatternOfTheOperatorsOwnForTheWholeName() {
    ScalingNames own = read("([a-z]+)-vm([0-9]+)");
    assertThat(own.instanceName("web-vm3")).isEqualTo("web.3");
    assertThat(own.instanceName("web-vm3-old")).isEqualTo("web-vm3-old.1");
    assertThat(own.instanceName("west_0")).isEqualTo("west_0.1");
    assertThat(read("(a)?b(c)?").instanceName("b")).isEqualTo("b.1");
  }

  private static ScalingNames read(String pattern) {
    List<String> errors = new ArrayList<>();
    ScalingNames names = ScalingNames.read(pattern, errors);
    assertThat(errors).isEmpty();
    return names;
  }
}
