package io.drainwatch.watcher.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RequestLogTest {

  @Test
  void keepsTheLastAndCountsAll() {
    RequestLog log = new RequestLog(2);
    for (String path : List.of("/1", "/2", "/3")) {
      log.add(
          new RecordedRequest(Instant.EPOCH, "vm1", "GET", path, 200, List.of(), Optional.empty()));
    }

    assertThat(log.last()).extracting(RecordedRequest::path).containsExactly("/2", "/3");
    assertThat(log.count()).isEqualTo(3);
  }
}
