package io.drainwatch.watcher.fleetpage;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

/** What is asked for stands in the address. */
class FleetQueryTest {

  private static FleetQuery read(String link) {
    Map<String, String> parameters = new HashMap<>();
    Arrays.stream(link.substring(1).split("&"))
        .filter(each -> !each.isEmpty())
        .map(each -> each.split("=", 2))
        .forEach(
            each -> parameters.put(each[0], URLDecoder.decode(each[1], StandardCharsets.UTF_8)));
    return FleetQuery.of(name -> Optional.ofNullable(parameters.get(name)));
  }

  @Test
  void asksForAllWhereNothingIsSaid() {
    assertThat(read("?")).isEqualTo(FleetQuery.ALL);
    assertThat(FleetQuery.ALL.link()).isEqualTo("?");
    assertThat(FleetQuery.ALL.isFiltered()).isFalse();
  }

  @Property(tries = 200)
  void aLinkAsksForTheSameAgain(
      @ForAll @StringLength(max = 20) String pool,
      @ForAll @StringLength(max = 20) String text,
      @ForAll StateChoice state,
      @ForAll Order order,
      @ForAll @IntRange(min = 1, max = 100_000) int page) {
    Map<String, String> parameters =
        Map.of(
            "pool", pool,
            "q", text,
            "state", state.filter().word(),
            "sort", order.word(),
            "page", Integer.toString(page));
    FleetQuery query = FleetQuery.of(name -> Optional.ofNullable(parameters.get(name)));
    // halves of surrogate pairs do not survive an address; no name has them
    if (StandardCharsets.UTF_8.newEncoder().canEncode(pool + text)) {
      assertThat(read(query.link())).isEqualTo(query);
    }
    assertThat(query.link()).doesNotContain("\"", "<", ">", " ", "'");
  }

  /** Some of those that there are. */
  enum StateChoice {
    ALL(""),
    BLOCKED("blocked"),
    DRAINING("Draining");

    private final String word;

    StateChoice(String word) {
      this.word = word;
    }

    StateFilter filter() {
      return StateFilter.of(word).orElseThrow();
    }
  }

  @Test
  void leavesOutWhatItDoesNotKnowAndSaysSo() {
    FleetQuery query = read("?state=sleeping&sort=colour&page=0&pool=web");
    assertThat(query.state()).isEqualTo(StateFilter.ALL);
    assertThat(query.order()).isEqualTo(Order.URGENCY);
    assertThat(query.page()).isEqualTo(1);
    assertThat(query.pool()).isEqualTo("web");
    assertThat(query.faults()).containsExactly("state", "sort", "page");
    assertThat(read("?page=1000000").faults()).containsExactly("page");
  }

  @Test
  void boundsWhatIsAsked() {
    assertThat(read("?q=" + "x".repeat(10_000)).text()).hasSize(253);
  }

  @Test
  void anotherFilterBeginsOnTheFirstPage() {
    FleetQuery third = read("?pool=web&page=3");
    assertThat(third.in("web", StateFilter.of("held").orElseThrow()).page()).isEqualTo(1);
    assertThat(third.by(Order.NAME).page()).isEqualTo(1);
    assertThat(third.onPage(4).link()).isEqualTo("?pool=web&page=4");
  }
}
