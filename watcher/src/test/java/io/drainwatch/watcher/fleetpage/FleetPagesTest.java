package io.drainwatch.watcher.fleetpage;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.fleet.Finished;
import io.drainwatch.drainer.fleet.FleetSight;
import io.drainwatch.drainer.fleet.NodeSight;
import io.drainwatch.drainer.fleet.SeenFleet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The page as it is sent. */
@Timeout(60)
class FleetPagesTest {
  private static final SeenFleet SEEN = SeenFleet.busy();
  private static final Function<String, Optional<String>> NOTHING = name -> Optional.empty();

  private final Played played = new Played(SEEN.sight());
  private final FleetPages pages = new FleetPages(played, () -> played.nanos, "1.2.3");

  /** A fleet that stands still until it is told otherwise. */
  private static final class Played implements FleetSource {
    private volatile FleetSight sight;
    private volatile Instant now = SEEN.now();
    private volatile long nanos;
    private volatile Optional<String> leader = Optional.empty();
    private volatile Optional<Duration> silence = Optional.of(Duration.ZERO);
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private final AtomicInteger looks = new AtomicInteger();

    private Played(FleetSight sight) {
      this.sight = sight;
    }

    @Override
    public FleetSight sight() {
      looks.incrementAndGet();
      try {
        if (!gate.await(30, TimeUnit.SECONDS)) {
          throw new AssertionError("nobody opened");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return sight;
    }

    @Override
    public List<Finished> finished() {
      return SEEN.finished();
    }

    @Override
    public Replica replica() {
      return new Replica("drainer-a/1", leader, "ops", silence);
    }

    @Override
    public Instant now() {
      return now;
    }

    private void pass(Duration time) {
      now = now.plus(time);
      nanos += time.toNanos();
    }
  }

  @AfterEach
  void close() {
    pages.close();
  }

  private static FleetAnswer of(CompletionStage<FleetAnswer> answer) throws Exception {
    return answer.toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  private FleetAnswer.Html html(CompletionStage<FleetAnswer> answer) throws Exception {
    return of(answer) instanceof FleetAnswer.Html html
        ? html
        : org.junit.jupiter.api.Assertions.fail("no page");
  }

  private String page() throws Exception {
    return html(pages.page(NOTHING, 9797)).text();
  }

  private FleetAnswer.Html inside() throws Exception {
    return html(pages.inside(NOTHING, 9797, Optional.empty()));
  }

  private static Function<String, Optional<String>> words(String name, String value) {
    return each -> Optional.ofNullable(Map.of(name, value).get(each));
  }

  @Test
  void showsWhatIsInTheWayWhoWaitsAndWhatIsOver() throws Exception {
    assertThat(page())
        .startsWith("<!doctype html>")
        .contains("<title>1 in trouble - Drainwatch</title>")
        .contains("This replica leads: drainer-a/1.")
        .contains("PodDisruptionBudget <a href=\"?q&#x3D;shop%2Fweb\">shop/web</a>")
        .contains("3 pods on 1 Node")
        .contains("budget <a href=\"?q&#x3D;shop%2Fweb\">shop/web</a>")
        .contains("so many Nodes of its pool as may be are out of service (1 of 1)")
        .contains("begins anyway")
        .contains("3 pods to go, 0 evicted")
        .contains("<span class=\"badge done\">Drained</span>")
        .contains("cancelled")
        .contains("data-fragment=\"fleet\" data-stream=\"\"")
        .contains("</html>");
  }

  @Test
  void saysTheTimeLeftWithoutAScriptToo() throws Exception {
    assertThat(page()).containsPattern("data-until=\"[0-9]+\">1[0-9] min [0-9]+ s left<");
  }

  @Test
  void aFilterIsShownAsItWasAsked() throws Exception {
    String page = html(pages.page(words("pool", "web"), 9797)).text();
    assertThat(page).contains("<option value=\"web\" selected>web</option>");
    assertThat(page).contains("id=\"node-web-1\"").doesNotContain("id=\"node-sys-1\"");
    assertThat(page).contains("3 Nodes, of 6 in all.");
    String strange = html(pages.page(words("state", "<b>"), 9797)).text();
    assertThat(strange).contains("Not understood, and left out: state.").doesNotContain("<b></");
  }

  @Test
  void oneThatDoesNotLeadSaysSoAndWhoDoes() throws Exception {
    played.sight = Nodes.ofNobody();
    played.leader = Optional.of("drainwatch-drainer-7d9-abc/1");
    assertThat(page())
        .contains("This replica does not lead, so it knows nothing of the Nodes.")
        .contains("drainwatch-drainer-7d9-abc/1 leads.")
        .contains("kubectl -n ops port-forward pod/drainwatch-drainer-7d9-abc 9797")
        .contains("<title>stands by - Drainwatch</title>")
        .contains("sys-2") // which it saw end
        .doesNotContain("id=\"nodes-title\"", "web-1");
    played.leader = Optional.of("$(reboot)/1");
    played.pass(Duration.ofSeconds(2));
    assertThat(page()).doesNotContain("port-forward pod/");
  }

  @Test
  void saysThatWhatItShowsIsOld() throws Exception {
    played.silence = Optional.of(Duration.ofMinutes(2));
    assertThat(page()).contains("The API server has not answered for 2 min");
    played.silence = Optional.empty();
    assertThat(page()).contains("The API server has not answered yet");
  }

  @Test
  void whatTheClusterSaysIsTextAndBounded() throws Exception {
    String hostile = "<script>alert(1)</script>\"' onload=x \u202E" + "y".repeat(5_000);
    List<NodeSight> nodes = new ArrayList<>(SEEN.sight().nodes());
    NodeSight web = SEEN.node("web-1");
    nodes.add(
        new NodeSight(
            hostile,
            hostile,
            hostile,
            true,
            true,
            Optional.of(hostile + "2"),
            true,
            true,
            web.record(),
            web.work(),
            web.claim(),
            Optional.of(
                new Finished(
                    hostile,
                    hostile,
                    hostile,
                    hostile,
                    hostile,
                    Optional.empty(),
                    SEEN.now(),
                    Optional.empty(),
                    1,
                    true))));
    played.sight = Nodes.fleet(nodes);
    String page = page();
    assertThat(page).contains("&lt;script&gt;alert(1)&lt;/script&gt;");
    assertThat(page).doesNotContain("<script>", "onload=x \"", "\u202E");
    assertThat(page).doesNotContainPattern("(?i)<[^>]* onload=");
    assertThat(page.length()).isLessThan(100_000);
    assertThat(html(pages.page(words("q", hostile), 9797)).text()).doesNotContain("<script>alert");
  }

  @Test
  void nothingIsSentAgainWhileOnlyTimePasses() throws Exception {
    FleetAnswer.Html first = inside();
    played.pass(Duration.ofSeconds(5));
    Optional<String> known = Optional.of(first.tag());
    assertThat(of(pages.inside(NOTHING, 9797, known)))
        .isEqualTo(new FleetAnswer.Unchanged(first.tag()));
    assertThat(of(pages.inside(words("q", "web"), 9797, known)))
        .isInstanceOf(FleetAnswer.Html.class);

    List<NodeSight> more = new ArrayList<>(SEEN.sight().nodes());
    more.add(Nodes.quiet("another", "web"));
    played.sight = new FleetSight(true, more, SEEN.sight().budget(), SEEN.sight().lifecycle());
    played.pass(Duration.ofSeconds(5));
    assertThat(of(pages.inside(NOTHING, 9797, known))).isInstanceOf(FleetAnswer.Html.class);
  }

  @Test
  void whatHappensOnAnotherPageOfTheListIsNewsToo() throws Exception {
    List<NodeSight> nodes = new ArrayList<>(Nodes.ofPool("n", 60).nodes());
    played.sight = Nodes.fleet(nodes);
    Function<String, Optional<String>> byName = words("sort", "name");
    Optional<String> known = Optional.of(html(pages.inside(byName, 9797, Optional.empty())).tag());
    NodeSight last = nodes.removeLast();
    nodes.add(
        new NodeSight(
            last.name(),
            last.pool(),
            last.zone(),
            false,
            last.cordoned(),
            last.vmName(),
            last.hasEvents(),
            last.hasRecord(),
            last.record(),
            last.work(),
            last.claim(),
            last.last()));
    played.sight = Nodes.fleet(nodes);
    played.pass(Duration.ofSeconds(5));
    FleetAnswer.Html news = (FleetAnswer.Html) of(pages.inside(byName, 9797, known));
    assertThat(news.text()).contains("<b>1</b> not ready or cordoned").doesNotContain("node-n-59");
  }

  @Test
  void theFleetIsLookedAtOnceASecondHoweverManyAsk() throws Exception {
    for (int i = 0; i < 20; i++) {
      inside();
    }
    assertThat(played.looks.get()).isEqualTo(1);
    played.pass(Duration.ofSeconds(1));
    inside();
    assertThat(played.looks.get()).isEqualTo(2);
  }

  @Test
  void oneTooManyIsToldToComeAgain() throws Exception {
    played.gate = new CountDownLatch(1);
    List<CompletionStage<FleetAnswer>> waiting = new ArrayList<>();
    for (int i = 0; i <= FleetPages.MOST_WAITING; i++) {
      waiting.add(pages.inside(NOTHING, 9797, Optional.empty()));
    }
    // one is being made, the others wait
    assertThat(of(pages.inside(NOTHING, 9797, Optional.empty()))).isEqualTo(new FleetAnswer.Busy());
    played.gate.countDown();
    for (CompletionStage<FleetAnswer> each : waiting) {
      assertThat(of(each)).isInstanceOf(FleetAnswer.Html.class);
    }
  }

  @Test
  void aThousandMaintenancesAreNoLargerPage() throws Exception {
    NodeSight web = SEEN.node("web-1");
    List<NodeSight> nodes = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      nodes.add(
          new NodeSight(
              "node-" + i,
              "pool-" + i,
              "zone-" + i,
              true,
              true,
              Optional.empty(),
              true,
              true,
              web.record(),
              web.work(),
              web.claim(),
              web.last()));
    }
    played.sight = Nodes.fleet(nodes);
    assertThat(page().length()).isLessThan(200_000);
  }
}
