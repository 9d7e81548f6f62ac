package io.drainwatch.drainer.maintenance;

import static io.drainwatch.drainer.fuzz.Fuzz.throwAt;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drainwatch.drainer.record.EpisodeJson;
import io.drainwatch.drainer.record.PeersJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** L10: a record that was written by another version, by a person, or by bad memory. */
class DamagedRecordFuzzTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Records of one maintenance, each state of it. */
  private static List<String> records() {
    VirtualVm vm = new VirtualVm();
    for (Hook hook : Hook.values()) {
      vm.script(hook, "10-a", "2S", hook == Hook.CORDON ? 1 : 0);
    }
    vm.platform.add(Events.reboot("A").event());
    List<String> found = new ArrayList<>();
    vm.onlooker =
        (before, observation, step, at) ->
            vm.durable()
                .map(episode -> EpisodeJson.write(episode).toString())
                .filter(text -> !found.contains(text))
                .ifPresent(found::add);
    vm.start().run("20S");
    vm.platform.clear();
    vm.platform.add(Events.reboot("A").started().event());
    vm.run("5S");
    vm.platform.clear();
    vm.run("1M");
    assertThat(found).hasSizeGreaterThan(10);
    return found;
  }

  @Test
  @DisplayName("L10 the core goes on from whatever reads as a record, and stops at nothing in it")
  void theCoreGoesOn() {
    throwAt(records(), DamagedRecordFuzzTest::goOnFrom);
  }

  private static void goOnFrom(byte[] bytes) {
    if (tree(bytes).map(EpisodeJson::read).orElse(null)
        instanceof EpisodeJson.Reading.Read(Episode episode)) {
      VirtualVm vm = new VirtualVm();
      vm.script(Hook.DRAIN, "10-a", "2S", 0);
      vm.platform.add(Events.reboot("A").event());
      vm.goOnFrom(new WatchRecord(Optional.of(episode), Peers.NONE)).run("5S");
      vm.platform.clear();
      vm.run("5S");
    }
  }

  @Test
  @DisplayName("L10 what is known of peers: itself or unreadable")
  void peersAreThemselvesOrUnreadable() {
    throwAt(
        List.of(
            "{\"gone\":[{\"vmName\":\"b\",\"episode\":\"E\",\"since\":\"2026-11-21T12:00:00Z\"}]}",
            PeersJson.write(Peers.NONE).toString()),
        bytes -> tree(bytes).ifPresent(PeersJson::read));
  }

  private static Optional<JsonNode> tree(byte[] bytes) {
    try {
      return Optional.ofNullable(JSON.readTree(bytes));
    } catch (IOException e) {
      return Optional.empty(); // the journal's own reader is asked in the watcher's test
    }
  }
}
