package io.drainwatch.watcher.http;

import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Lets an idle server sleep. A loop of netty's that has nothing to do at a later time wakes each
 * second to look (4.2, {@code SingleThreadEventExecutor.delayNanos}); one that has sleeps until
 * then. So each gets something to do: nothing, once an hour.
 */
@Singleton
@Requires(beans = ServerLimits.class)
final class QuietEventLoops
    implements BeanCreatedEventListener<NettyServerCustomizer.Registry>, NettyServerCustomizer {
  /** Those that have been told. */
  final Set<EventLoop> quiet = ConcurrentHashMap.newKeySet();

  @Override
  public NettyServerCustomizer.Registry onCreated(
      BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
    event.getBean().register(this);
    return event.getBean();
  }

  @Override
  public NettyServerCustomizer specializeForChannel(Channel channel, ChannelRole role) {
    if (channel.isRegistered() && quiet.add(channel.eventLoop())) {
      channel.eventLoop().scheduleAtFixedRate(() -> {}, 1, 1, TimeUnit.HOURS);
    }
    return this;
  }
}
