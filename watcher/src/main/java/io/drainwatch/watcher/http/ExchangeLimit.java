package io.drainwatch.watcher.http;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A connection waits for its next request so long, and an exchange, from the head of the request to
 * the last byte of the answer, takes so long and no longer; then the connection is closed. The
 * limit on silence alone lets a client go on for ever that sends, or reads, a byte now and then. A
 * stream of server-sent events has no end and is held to what {@link StreamClient} allows.
 *
 * <p>Stands behind the codec of HTTP/1.1, one for each connection; on its event loop only.
 */
final class ExchangeLimit extends ChannelDuplexHandler {
  /** What becomes of the connection, for whoever counts those that only wait. */
  interface Course {
    /** A whole request is there. */
    void asked();

    /** The answer is out, and another request may come. */
    void answered();
  }

  private final Duration limit;
  private final Course course;
  private @Nullable Future<?> end;

  /** Requests whose head is there; more than one where a client does not wait for its answers. */
  private int begun;

  /** Of these; an answer may be out before the end of its request is in. */
  private int answered;

  ExchangeLimit(Duration limit, Course course) {
    this.limit = limit;
    this.course = course;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    beginAnew(context);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    lift();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) throws Exception {
    lift();
    super.channelInactive(context);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
    if (message instanceof HttpRequest && begun++ == 0) {
      beginAnew(context); // or one that comes at the end of a long silence had no time left
    }
    if (message instanceof LastHttpContent && begun > answered) {
      course.asked();
    }
    super.channelRead(context, message);
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise)
      throws Exception {
    boolean isInterim = message instanceof HttpResponse response && response.status().code() < 200;
    if (message instanceof HttpResponse response && isStream(response)) {
      lift();
    }
    if (message instanceof LastHttpContent && !isInterim) {
      ChannelPromise told = promise.unvoid();
      told.addListener(written -> answered(context));
      super.write(context, message, told);
    } else {
      super.write(context, message, promise);
    }
  }

  private static boolean isStream(HttpResponse response) {
    String type = response.headers().get(HttpHeaderNames.CONTENT_TYPE);
    return type != null && type.startsWith("text/event-stream");
  }

  private void answered(ChannelHandlerContext context) {
    answered++;
    if (context.channel().isActive() && answered >= begun) {
      begun = 0;
      answered = 0;
      course.answered();
      beginAnew(context);
    }
  }

  private void beginAnew(ChannelHandlerContext context) {
    lift();
    end =
        context.executor().schedule(() -> context.close(), limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void lift() {
    Future<?> pending = end;
    if (pending != null) {
      pending.cancel(false);
      end = null;
    }
  }
}
