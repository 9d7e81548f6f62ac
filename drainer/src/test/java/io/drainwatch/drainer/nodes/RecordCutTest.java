package io.drainwatch.drainer.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RecordCutTest {
  private static final int VMS = 400;

  private static NodeRecord ofManyVms() {
    return Records.scheduled()
        .withEvents(List.of(Records.event("E-1").withResources(names()), Records.event("E-2")));
  }

  private static List<String> names() {
    return IntStream.range(0, VMS).mapToObj(i -> "vm-with-a-rather-long-name-" + i).toList();
  }

  /** Each makes the whole text anew, on every Node, each second. */
  @Test
  @DisplayName("hundreds of names are cut in a few rounds")
  void takesFewRounds() {
    List<NodeRecord> rounds = new ArrayList<>();
    NodeRecord record = ofManyVms();
    for (int excess = excess(record); excess > 0; excess = excess(record)) {
      record = RecordCut.by(record, excess);
      rounds.add(record);
    }
    assertThat(rounds).hasSizeBetween(2, 15);
  }

  @Test
  @DisplayName("not one name more than must be, and what was cut is counted")
  void cutsNoneTooMany() {
    NodeRecord cut = read(NodeRecordJson.write(ofManyVms()));

    List<String> left = cut.events().getFirst().resources();
    assertThat(left).isEqualTo(names().subList(0, left.size()));
    assertThat(cut.drain().more()).isEqualTo(VMS + 2 - left.size());
    List<String> oneMore = names().subList(0, left.size() + 1);
    assertThat(
            excess(
                cut.withEvents(
                    List.of(cut.events().getFirst().withResources(oneMore), cut.events().get(1)))))
        .isPositive();
  }

  private static int excess(NodeRecord record) {
    return NodeText.excess(plainText(record));
  }

  // as it would be if nothing were cut
  private static String plainText(NodeRecord record) {
    return BoundedJson.text(NodeRecordJson.tree(record));
  }

  private static NodeRecord read(String text) {
    return ((RecordText.Read) NodeRecordJson.read(text)).record();
  }
}
