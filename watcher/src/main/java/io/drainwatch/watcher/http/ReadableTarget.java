package io.drainwatch.watcher.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * What is asked for is a URI, or nothing that is there. Some of what Micronaut asks of a request
 * before it is routed throws at others, and then netty and Micronaut write them into the log as
 * they came, control characters too, with a stack trace for each.
 */
final class ReadableTarget extends ChannelInboundHandlerAdapter {
  /** Answered like everything that is not there; without the token nothing more is told either. */
  static final String NOTHING = "/-";

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
    if (message instanceof HttpRequest request && !isReadable(request.uri())) {
      request.setUri(NOTHING);
    }
    super.channelRead(context, message);
  }

  static boolean isReadable(String target) {
    try {
      return new URI(target).getRawPath() != null;
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
