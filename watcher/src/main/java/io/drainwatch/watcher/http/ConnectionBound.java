package io.drainwatch.watcher.http;

import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.netty.channel.Channel;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * So many connections and no more: one too many is closed before anything is read from it, as
 * Micronaut has no such bound of its own.
 */
@Singleton
@Requires(beans = ServerLimits.class)
final class ConnectionBound
    implements BeanCreatedEventListener<NettyServerCustomizer.Registry>, NettyServerCustomizer {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectionBound.class);

  private final int most;
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicBoolean told = new AtomicBoolean();

  ConnectionBound(ServerLimits limits) {
    most = limits.connections();
  }

  @Override
  public NettyServerCustomizer.Registry onCreated(
      BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
    event.getBean().register(this);
    return event.getBean();
  }

  @Override
  public NettyServerCustomizer specializeForChannel(Channel channel, ChannelRole role) {
    if (role == ChannelRole.CONNECTION) {
      boolean isTooMany = open.incrementAndGet() > most;
      channel.closeFuture().addListener(closed -> left());
      if (isTooMany) {
        refuse(channel);
      }
    }
    return this;
  }

  private void refuse(Channel channel) {
    if (told.compareAndSet(false, true)) { // once for each time that it is full
      LOG.warn("{} connections are open, which is the most: more are closed at once", most);
    }
    channel.config().setAutoRead(false);
    channel.close();
  }

  private void left() {
    if (open.decrementAndGet() <= most / 2) {
      told.set(false);
    }
  }
}
