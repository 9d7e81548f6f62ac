package io.drainwatch.watcher.http;

import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.netty.channel.EventLoopGroupConfiguration;
import io.micronaut.http.netty.channel.NettyChannelType;
import io.micronaut.http.netty.channel.NioEventLoopGroupFactory;
import io.netty.channel.Channel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.net.SocketAddress;
import java.nio.channels.ServerSocketChannel;
import org.jspecify.annotations.Nullable;

/** Gives the server the socket of {@link OpenDoor} in place of a new one. */
@Singleton
@Named(NioEventLoopGroupFactory.NAME)
@Requires(beans = OpenDoor.class)
@Replaces(NioEventLoopGroupFactory.class)
final class TakenOverSocket extends NioEventLoopGroupFactory {
  private final OpenDoor door;

  TakenOverSocket(OpenDoor door) {
    this.door = door;
  }

  @Override
  public Channel channelInstance(
      NettyChannelType type, @Nullable EventLoopGroupConfiguration configuration) {
    return type == NettyChannelType.SERVER_SOCKET
        ? new BoundAlready(door.socket())
        : super.channelInstance(type, configuration);
  }

  private static final class BoundAlready extends NioServerSocketChannel {
    BoundAlready(ServerSocketChannel socket) {
      super(socket);
    }

    @Override
    protected void doBind(SocketAddress address) {
      // it listens where it is to listen
    }
  }
}
