package io.drainwatch.watcher.http;

import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.netty.channel.Channel;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * So many connections and no more, as Micronaut has no such bound of its own. For one too many the
 * oldest gives way on which nothing is being answered: whoever only holds connections open, or
 * sends a request a byte at a time, keeps nobody out. Where all are being answered, as to clients
 * of the stream, the new one is closed before anything is read from it.
 */
@Singleton
@Requires(beans = ServerLimits.class)
final class ConnectionBound
    implements BeanCreatedEventListener<NettyServerCustomizer.Registry>, NettyServerCustomizer {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectionBound.class);

  private final int most;
  private final Duration longestExchange;
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicBoolean told = new AtomicBoolean();

  /** Those on which nothing is being answered, oldest first. Guarded by itself. */
  private final Set<Channel> waiting = new LinkedHashSet<>();

  ConnectionBound(ServerLimits limits) {
    most = limits.connections();
    longestExchange = limits.idle();
  }

  @Override
  public NettyServerCustomizer.Registry onCreated(
      BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
    event.getBean().register(this);
    return event.getBean();
  }

  @Override
  public NettyServerCustomizer specializeForChannel(Channel channel, ChannelRole role) {
    if (role != ChannelRole.CONNECTION) {
      return this;
    }
    boolean isTooMany = open.incrementAndGet() > most;
    channel.closeFuture().addListener(closed -> left(channel));
    if (isTooMany && !makeRoom()) {
      refuse(channel);
      return this;
    }
    waits(channel);
    return new OfConnection(channel);
  }

  /** The pipeline of one connection, once it is there. */
  private final class OfConnection implements NettyServerCustomizer {
    private final Channel channel;

    OfConnection(Channel channel) {
      this.channel = channel;
    }

    @Override
    public void onStreamPipelineBuilt() {
      // with HTTP/2, which is off by default, exchanges are many to a connection: no limit each
      if (channel.pipeline().get(ChannelPipelineCustomizer.HANDLER_HTTP_SERVER_CODEC) != null) {
        channel
            .pipeline()
            .addAfter(
                ChannelPipelineCustomizer.HANDLER_HTTP_SERVER_CODEC,
                "drainwatch-exchange-limit",
                new ExchangeLimit(longestExchange, new Turns()))
            .addAfter(
                "drainwatch-exchange-limit", "drainwatch-readable-target", new ReadableTarget());
      }
    }

    /** Whether the connection may give way. */
    private final class Turns implements ExchangeLimit.Course {
      @Override
      public void asked() {
        works(channel);
      }

      @Override
      public void answered() {
        waits(channel);
      }
    }
  }

  private void waits(Channel channel) {
    synchronized (waiting) {
      if (channel.isOpen()) {
        waiting.add(channel);
      }
    }
  }

  private void works(Channel channel) {
    synchronized (waiting) {
      waiting.remove(channel);
    }
  }

  private boolean makeRoom() {
    tellOnce();
    Optional<Channel> oldest;
    synchronized (waiting) {
      oldest = waiting.stream().filter(Channel::isOpen).findFirst();
      oldest.ifPresent(waiting::remove);
    }
    oldest.ifPresent(Channel::close);
    return oldest.isPresent();
  }

  private static void refuse(Channel channel) {
    channel.config().setAutoRead(false);
    channel.close();
  }

  /** Once for each time that it is full. */
  private void tellOnce() {
    if (told.compareAndSet(false, true)) {
      LOG.warn(
          "{} connections are open, which is the most: for a new one the oldest on which nothing is"
              + " being answered is closed, else the new one",
          most);
    }
  }

  private void left(Channel channel) {
    works(channel);
    if (open.decrementAndGet() <= most / 2) {
      told.set(false);
    }
  }
}
