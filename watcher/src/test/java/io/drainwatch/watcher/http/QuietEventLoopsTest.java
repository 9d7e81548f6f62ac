package io.drainwatch.watcher.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import io.micronaut.http.server.netty.NettyServerCustomizer.ChannelRole;
import io.micronaut.runtime.server.EmbeddedServer;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class QuietEventLoopsTest {
  @Test
  void givesALoopSomethingToWaitForOnce() {
    EmbeddedChannel channel = new EmbeddedChannel();
    QuietEventLoops loops = new QuietEventLoops();
    loops.specializeForChannel(channel, ChannelRole.LISTENER);
    assertThat(untilNext(channel)).isBetween(Duration.ofMinutes(50), Duration.ofHours(1));

    loops.specializeForChannel(channel, ChannelRole.CONNECTION);
    assertThat(loops.quiet).containsExactly(channel.eventLoop());
  }

  @Test
  void isAskedForTheLoopThatListens() {
    try (ApplicationContext context =
            ApplicationContext.builder()
                .singletons(new ServerLimits(4, Duration.ofMinutes(1)))
                .properties(Map.of("micronaut.server.port", -1))
                .start();
        EmbeddedServer server = context.getBean(EmbeddedServer.class).start()) {
      assertThat(server.isRunning()).isTrue();
      assertThat(context.getBean(QuietEventLoops.class).quiet).isNotEmpty();
    }
  }

  private static Duration untilNext(EmbeddedChannel channel) {
    return Duration.ofNanos(channel.runScheduledPendingTasks());
  }
}
