package io.drainwatch.drainer.nodework;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * reliability.md, L8: whole maintenances while one request in six is lost, cut off, slow or
 * refused, the API server is out of reach for five minutes and restarted again and again; over real
 * sockets, under virtual time. Three in the ordinary command, always the same; {@code
 * -Ddrainwatch.chaos=N} plays N others.
 */
class ChaosTest {
  private static ChaosRun.Place place;

  @BeforeAll
  static void open() {
    place = ChaosRun.Place.open();
  }

  @AfterAll
  static void close() {
    place.close();
  }

  static LongStream seeds() {
    Integer asked = Integer.getInteger("drainwatch.chaos");
    return asked == null ? LongStream.rangeClosed(1, 3) : new Random().longs(asked);
  }

  @ParameterizedTest(name = "L8 drain with seed {0}")
  @MethodSource("seeds")
  void drainsThroughIt(long seed) {
    ChaosRun run = new ChaosRun(place, seed);
    run.untilItIsOver();
    assertThat(run.hurt()).as("requests that went wrong; %s", run).isGreaterThan(3);
    run.audit();
  }
}
