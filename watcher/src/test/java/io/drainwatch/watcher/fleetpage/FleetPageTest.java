package io.drainwatch.watcher.fleetpage;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.fleet.Finished;
import io.drainwatch.drainer.fleet.FleetSight;
import io.drainwatch.drainer.fleet.SeenFleet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What of a fleet is shown to whom. */
class FleetPageTest {
  private static final SeenFleet SEEN = SeenFleet.busy();
  private static final FleetView VIEW = FleetView.of(SEEN.sight(), SEEN.finished(), SEEN.now());

  private static FleetPage page(FleetView view, String... words) {
    Map<String, String> parameters = new java.util.HashMap<>();
    for (int i = 0; i < words.length; i += 2) {
      parameters.put(words[i], words[i + 1]);
    }
    return FleetPage.of(view, FleetQuery.of(name -> Optional.ofNullable(parameters.get(name))));
  }

  private static List<String> names(FleetPage page) {
    return page.nodes().stream().map(each -> each.row().name()).toList();
  }

  private static NodeRow row(String name) {
    return VIEW.rows().stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void firstComesWhatSomebodyShouldLookAt() {
    assertThat(names(page(VIEW)))
        .containsExactly("web-1", "web-2", "sys-1", "plain", "sys-2", "web-3");
  }

  @Test
  void aBlockedNodeTellsWhatIsInTheWay() {
    NodeRow row = row("web-1");
    assertThat(row.blocked()).isTrue();
    assertThat(row.stage()).isEqualTo(Stage.DRAINING);
    assertThat(row.types()).isEqualTo("Reboot");
    assertThat(row.toGo()).isEqualTo(3);
    assertThat(row.refusals()).containsOnlyKeys("shop/web");
    assertThat(row.deadline()).hasValueSatisfying(at -> assertThat(at).isAfter(SEEN.now()));
    FleetPage.Shown shown = page(VIEW, "q", "web-1").nodes().getFirst();
    assertThat(shown.detail().obstacles()).hasSize(3);
    assertThat(VIEW.budgets())
        .singleElement()
        .satisfies(
            budget -> {
              assertThat(budget.name()).isEqualTo("shop/web");
              assertThat(budget.nodes()).isEqualTo(1);
              assertThat(budget.refusals().pods()).isEqualTo(3);
            });
  }

  @Test
  void aHeldDrainTellsWhyAndWhenItBeginsAnyway() {
    NodeRow row = row("web-2");
    assertThat(row.stage()).isEqualTo(Stage.SCHEDULED);
    Hold hold = row.hold().orElseThrow();
    assertThat(hold.why()).isEqualTo(Hold.Why.BUDGET);
    assertThat(hold.atLatest()).hasValueSatisfying(at -> assertThat(at).isAfter(SEEN.now()));
    assertThat(VIEW.held()).extracting(NodeRow::name).containsExactly("web-2");
    assertThat(row("web-1").hold()).isEmpty();
    assertThat(row("sys-1").hold()).isEmpty();
  }

  @Test
  void poolsTellHowMuchOfTheirBudgetIsTaken() {
    PoolRow web =
        VIEW.pools().stream().filter(each -> each.name().equals("web")).findFirst().orElseThrow();
    assertThat(web.nodes()).isEqualTo(3);
    assertThat(web.in(Stage.DRAINING)).isEqualTo(1);
    assertThat(web.blocked()).isEqualTo(1);
    assertThat(web.held()).isEqualTo(1);
    assertThat(web.taken()).isEqualTo(1);
    assertThat(web.places()).hasValue(1);
    assertThat(VIEW.pools()).extracting(PoolRow::name).containsExactly("web", "system", "");
  }

  @Test
  void filtersByPoolStateZoneAndText() {
    assertThat(names(page(VIEW, "pool", "system"))).containsExactly("sys-1", "sys-2");
    assertThat(names(page(VIEW, "pool", "-"))).containsExactly("plain");
    assertThat(names(page(VIEW, "state", "blocked"))).containsExactly("web-1");
    assertThat(names(page(VIEW, "state", "open"))).containsExactly("web-1", "web-2", "sys-1");
    assertThat(names(page(VIEW, "state", "held"))).containsExactly("web-2");
    assertThat(names(page(VIEW, "state", "Drained"))).containsExactly("sys-1");
    assertThat(names(page(VIEW, "state", "none"))).containsExactly("plain", "sys-2", "web-3");
    assertThat(names(page(VIEW, "zone", "westeurope-2"))).containsExactly("web-2");
    assertThat(names(page(VIEW, "zone", "-"))).containsExactly("sys-1", "plain", "sys-2");
    assertThat(names(page(VIEW, "q", "VM-SYS"))).containsExactly("sys-1", "sys-2");
    assertThat(names(page(VIEW, "q", "shop/web"))).containsExactly("web-1");
    assertThat(names(page(VIEW, "q", "reboot", "pool", "web"))).containsExactly("web-1", "web-2");
    assertThat(names(page(VIEW, "q", "nobody"))).isEmpty();
  }

  @Test
  void ordersAsAsked() {
    assertThat(names(page(VIEW, "sort", "name")))
        .containsExactly("plain", "sys-1", "sys-2", "web-1", "web-2", "web-3");
    assertThat(names(page(VIEW, "sort", "pool")))
        .containsExactly("plain", "sys-1", "sys-2", "web-1", "web-2", "web-3");
    assertThat(names(page(VIEW, "sort", "state"))).startsWith("sys-1", "web-1", "web-2");
  }

  @Test
  void theMaintenanceThatThisProcessSawIsNotToldTwice() {
    assertThat(VIEW.finished())
        .singleElement()
        .satisfies(over -> assertThat(over.isOnNode()).isFalse());
    FleetView successors = FleetView.of(SEEN.sight(), List.of(), SEEN.now());
    assertThat(successors.finished())
        .singleElement()
        .satisfies(over -> assertThat(over.isOnNode()).isTrue());
    assertThat(page(VIEW, "pool", "web").finished()).isEmpty();
    assertThat(page(VIEW, "pool", "system").finished()).hasSize(1);
  }

  @Test
  void ofManyNodesEachIsOnExactlyOnePage() {
    FleetView view = FleetView.of(Nodes.ofPool("n", 5_000), List.of(), Instant.EPOCH);
    Set<String> seen = new HashSet<>();
    for (int i = 1; i <= 100; i++) {
      FleetPage page = page(view, "page", Integer.toString(i));
      assertThat(page.pages()).isEqualTo(100);
      assertThat(page.nodes()).hasSize(FleetPage.NODES);
      seen.addAll(names(page));
    }
    assertThat(seen).hasSize(5_000);
  }

  @Test
  void aPageThatThereIsNotIsTheLastOne() {
    FleetView view = FleetView.of(Nodes.ofPool("n", 51), List.of(), Instant.EPOCH);
    FleetPage page = page(view, "page", "99");
    assertThat(page.query().page()).isEqualTo(2);
    assertThat(page.nodes()).hasSize(1);
    assertThat(page(view, "q", "nobody", "page", "3").query().page()).isEqualTo(1);
  }

  @Test
  void ofMaintenancesThatAreOverTheNewestAreShown() {
    List<Finished> many = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      many.add(
          new Finished(
              "n" + i,
              "",
              "Reboot",
              "e" + i,
              "returned",
              Optional.empty(),
              SEEN.now().plus(Duration.ofMinutes(i)),
              Optional.empty(),
              0,
              false));
    }
    FleetSight none = Nodes.fleet(List.of());
    List<Finished> shown = page(FleetView.of(none, many, SEEN.now())).finished();
    assertThat(shown).hasSize(FleetPage.FINISHED);
    assertThat(shown.getFirst().node()).isEqualTo("n99");
  }
}
