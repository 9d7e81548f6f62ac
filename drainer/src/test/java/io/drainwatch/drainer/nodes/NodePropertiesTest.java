package io.drainwatch.drainer.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.drainwatch.drainer.maintenance.DrainResult;
import io.drainwatch.drainer.maintenance.EventSource;
import io.drainwatch.drainer.maintenance.EventStatus;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for every Node, whatever others did to it, and for every text in an annotation. */
class NodePropertiesTest {
  private static final List<String> VALUES = List.of("true", "", "Reboot", "theirs");

  @Property(tries = 2_000)
  @Label("I3 a restore never touches what did does not name")
  void restoresOnlyWhatTheRecordNames(@ForAll Random random) {
    ANode node = someNode(random);
    Marks did = someMarks(random);
    NodeRecord record =
        Records.scheduled().with(did, Optional.of(new Prior(!did.cordon(), Optional.empty())));
    NodeFacts before = node.facts();

    Records.restored(node, record);

    assertThat(node.unschedulable)
        .isEqualTo(before.unschedulable() && (!did.cordon() || before.isToStayCordoned()));
    List<NodeTaint> taints = new ArrayList<>(before.taints());
    did.taint()
        .ifPresent(
            value ->
                taints.removeIf(
                    taint ->
                        taint.key().equals(NodeKeys.TAINT)
                            && taint.effect().equals("NoSchedule")
                            && taint.value().equals(value)));
    assertThat(node.taints).isEqualTo(taints);
    assertThat(node.labels).isEqualTo(without(before.labels(), did.lbLabel(), NodeKeys.LB_LABEL));
    Map<String, String> annotations = new HashMap<>(before.annotations());
    for (String hold : NodeKeys.HOLDS) {
      annotations = without(annotations, did.holds().contains(hold), hold);
    }
    annotations.keySet().removeAll(List.of(NodeKeys.RECORD, NodeKeys.STATE, NodeKeys.LAST));
    Map<String, String> now = new HashMap<>(node.annotations);
    now.remove(NodeKeys.LAST);
    assertThat(now).isEqualTo(annotations);
  }

  private static Map<String, String> without(Map<String, String> all, boolean ours, String key) {
    Map<String, String> out = new HashMap<>(all);
    if (ours) {
      out.remove(key, "true");
    }
    return out;
  }

  @Property(tries = 1_000)
  @Label("I3 marks and restore together leave a Node as it was")
  void marksAndRestoreLeaveTheNodeAsItWas(@ForAll Random random) {
    ANode node = someNode(random);
    node.annotations.remove(NodeKeys.KEEP_CORDONED);
    NodeFacts before = node.facts();
    Set<String> holds = new TreeSet<>(NodeKeys.HOLDS);
    holds.removeIf(hold -> random.nextBoolean());

    NodeRecord record =
        Records.marked(
            node,
            Records.scheduled(),
            new MarkSettings(random.nextBoolean(), random.nextBoolean(), holds));
    assertThat(node.unschedulable).isTrue();
    Records.restored(node, record);

    assertThat(node.unschedulable).isEqualTo(before.unschedulable());
    assertThat(node.taints).isEqualTo(before.taints());
    assertThat(node.labels).isEqualTo(before.labels());
    assertThat(node.annotations)
        .containsAllEntriesOf(before.annotations())
        .hasSize(before.annotations().size() + 1);
  }

  @Property(tries = 2_000)
  @Label("K56 any text in an annotation is read without an exception")
  void readsAnyText(@ForAll("annotationTexts") String text) {
    ANode node =
        ANode.aNode()
            .withAnnotation(NodeKeys.RECORD, text)
            .withAnnotation(NodeKeys.LAST, text)
            .withAnnotation(NodeKeys.OBSERVATION, text);

    assertThatCode(
            () -> {
              if (RecordReading.of(node.facts(), ANode.machine())
                  instanceof RecordReading.KeptAside(NodePatch patch, String why)) {
                NodePatchJson.write(patch);
              }
              LastMaintenance.on(node.facts(), ANode.machine());
              ObservationReading.none(ANode.NOON).next(node.facts(), ANode.machine(), ANode.NOON);
            })
        .doesNotThrowAnyException();
  }

  @Property(tries = 150)
  @Label("what is written fits 8 KiB and reads back, whatever is in it")
  void recordsFitAndReadBack(@ForAll Random random) {
    NodeRecord record = someRecord(random);
    String text = NodeRecordJson.write(record);

    assertThat(NodeText.bytes(text)).isLessThanOrEqualTo(8_192);
    assertThat(NodeRecordJson.read(text)).isInstanceOf(RecordText.Read.class);
    NodeRecord back = ((RecordText.Read) NodeRecordJson.read(text)).record();
    assertThat(NodeRecordJson.write(back)).isEqualTo(text);
    assertThat(back.did()).isEqualTo(record.did());
    assertThat(back.prior()).isEqualTo(record.prior());
    assertThat(back.progress()).isEqualTo(record.progress());
    assertThat(back.machine()).isEqualTo(record.machine());
    assertThat(record.drain().drained()).containsAll(back.drain().drained());
    assertThat(record.drain().ackable()).containsAll(back.drain().ackable());
    assertThat(entries(back) + back.drain().more())
        .isEqualTo(entries(record) + record.drain().more());
  }

  private static int entries(NodeRecord record) {
    return record.events().size()
        + record.events().stream().mapToInt(event -> event.resources().size()).sum()
        + record.drain().drained().size()
        + record.drain().ackable().size()
        + record.drain().left().size();
  }

  @Property(tries = 150)
  @Label("summaries fit 8 KiB and read back")
  void summariesFitAndReadBack(@ForAll Random random) {
    LastMaintenance last =
        LastMaintenance.of(someRecord(random), LastMaintenance.Ending.RETURNED, ANode.NOON);
    String text = LastMaintenanceJson.write(last);

    assertThat(NodeText.bytes(text)).isLessThanOrEqualTo(8_192);
    assertThat(LastMaintenanceJson.read(text).map(LastMaintenanceJson::write)).contains(text);
  }

  @Property(tries = 150)
  @Label("observations fit 8 KiB and read back")
  void observationsFitAndReadBack(@ForAll Random random) {
    NodeRecord record = someRecord(random);
    List<ObservationNote.Ack> acks = new ArrayList<>();
    List<ObservationNote.HookNote> hooks = new ArrayList<>();
    for (int i = random.nextInt(40); i > 0; i--) {
      acks.add(new ObservationNote.Ack(text(random, 300), ANode.NOON, random.nextInt(600)));
      hooks.add(
          new ObservationNote.HookNote(
              text(random, 90),
              text(random, 90),
              ObservationNote.HookOutcome.FAILED,
              ANode.NOON,
              text(random, 900)));
    }
    String written =
        ObservationJson.write(
            new ObservationNote(
                record.machine().vmId(),
                text(random, 300),
                text(random, 300),
                random.nextLong(),
                ANode.NOON,
                ObservationNote.Health.DEGRADED,
                record.events(),
                record.drain().drained(),
                record.drain().ackable(),
                acks,
                hooks,
                0));

    assertThat(NodeText.bytes(written)).isLessThanOrEqualTo(8_192);
    assertThat(ObservationJson.read(written)).isInstanceOf(ObservationText.Read.class);
    ObservationNote back = ((ObservationText.Read) ObservationJson.read(written)).note();
    assertThat(ObservationJson.write(back)).isEqualTo(written);
  }

  @Provide
  Arbitrary<String> annotationTexts() {
    String record = NodeRecordJson.write(Records.scheduled());
    String observation =
        "{\"v\":1,\"vmName\":\"a\",\"bootID\":\"b\",\"readAt\":\"2026-11-21T12:00:00Z\","
            + "\"health\":\"ok\",\"events\":[],\"gone\":[\"E-1\"],\"acks\":[],\"hooks\":[]}";
    Arbitrary<String> mutated =
        Arbitraries.randomValue(
            random -> mutated(random.nextBoolean() ? record : observation, random));
    return Arbitraries.oneOf(Arbitraries.strings().all().ofMaxLength(300), mutated);
  }

  // parts of JSON put in the place of others: gets further than any random text
  private static String mutated(String valid, Random random) {
    List<String> parts =
        List.of("null", "[]", "{}", "\"\"", "1e999", "true", "-1", "[[", "\\ud800", "9", "\"", ",");
    StringBuilder out = new StringBuilder(valid);
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      String[] tokens = out.toString().split("(?<=[:,\\[{])|(?=[,\\]}])", -1);
      tokens[random.nextInt(tokens.length)] = parts.get(random.nextInt(parts.size()));
      out = new StringBuilder(String.join("", tokens));
    }
    return out.toString();
  }

  private static ANode someNode(Random random) {
    ANode node = ANode.aNode();
    node.unschedulable = random.nextBoolean();
    maybe(random, node.labels, NodeKeys.LB_LABEL);
    maybe(random, node.labels, "zone");
    for (String hold : NodeKeys.HOLDS) {
      maybe(random, node.annotations, hold);
    }
    maybe(random, node.annotations, NodeKeys.KEEP_CORDONED);
    maybe(random, node.annotations, NodeKeys.OBSERVATION);
    for (String effect : List.of("NoSchedule", "NoExecute")) {
      for (String key : List.of(NodeKeys.TAINT, "dedicated")) {
        if (random.nextBoolean()) {
          node.withTaint(key, VALUES.get(random.nextInt(VALUES.size())), effect);
        }
      }
    }
    return node;
  }

  private static void maybe(Random random, Map<String, String> map, String key) {
    if (random.nextBoolean()) {
      map.put(key, VALUES.get(random.nextInt(VALUES.size())));
    }
  }

  private static Marks someMarks(Random random) {
    TreeSet<String> holds = new TreeSet<>(NodeKeys.HOLDS);
    holds.removeIf(hold -> random.nextBoolean());
    return new Marks(
        random.nextBoolean(),
        random.nextBoolean(),
        random.nextBoolean() ? Optional.of(VALUES.get(random.nextInt(3))) : Optional.empty(),
        random.nextBoolean(),
        holds);
  }

  private static NodeRecord someRecord(Random random) {
    List<NodeEvent> events = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    for (int i = random.nextInt(20); i >= 0; i--) {
      ids.add("e" + text(random, 400));
      events.add(
          new NodeEvent(
              ids.getLast(),
              text(random, 300),
              EventStatus.values()[random.nextInt(3)],
              random.nextBoolean() ? Optional.of(ANode.NOON) : Optional.empty(),
              EventSource.values()[random.nextInt(4)],
              random.ints(random.nextInt(10), 0, 200).mapToObj(n -> text(random, n)).toList(),
              random.nextBoolean() ? Optional.of(Duration.ofSeconds(9)) : Optional.empty()));
    }
    Marks did = someMarks(random);
    Instant since = ANode.NOON.plusNanos(random.nextLong(1L << 50));
    return new NodeRecord(
        "e" + text(random, 300),
        new NodeMachine("n" + text(random, 200), Optional.of(text(random, 200)), text(random, 200)),
        events,
        new Progress(
            MaintenanceState.values()[random.nextInt(7)],
            Phase.values()[random.nextInt(11)],
            since,
            Optional.of(since),
            Optional.of(since),
            HeldBy.values()[random.nextInt(4)],
            Optional.of(since),
            Optional.empty(),
            someMilestones(random, since)),
        text(random, 300),
        did,
        Optional.of(new Prior(!did.cordon(), Optional.of(text(random, 200)))),
        new DrainNote(
            ids,
            ids,
            new DrainNote.Counts(random.nextInt(9), 1, 2, 3, 4),
            random
                .ints(random.nextInt(60), 0, 400)
                .mapToObj(n -> new DrainNote.Left(text(random, n), text(random, n)))
                .toList(),
            random.nextInt(5)),
        text(random, 400),
        random.nextInt(9));
  }

  private static Milestones someMilestones(Random random, Instant since) {
    Map<MaintenanceState, Instant> entered = new EnumMap<>(MaintenanceState.class);
    for (MaintenanceState state : MaintenanceState.values()) {
      if (random.nextBoolean()) {
        entered.put(state, since);
      }
    }
    return new Milestones(
        Optional.of(since),
        entered,
        Optional.of(DrainResult.Outcome.values()[random.nextInt(6)]),
        random.nextBoolean(),
        Collections.nCopies(random.nextInt(9), since));
  }

  /** Of every kind of character: quotes, controls, three bytes, halves of pairs. */
  private static String text(Random random, int most) {
    String alphabet = "a\"\\\u0000\n\u20ac\ud83d\ude00\ud83d\u00e9\u2028/";
    StringBuilder out = new StringBuilder();
    boolean wide = random.nextInt(4) == 0;
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      out.append(wide ? '\u20ac' : alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return out.toString();
  }
}
