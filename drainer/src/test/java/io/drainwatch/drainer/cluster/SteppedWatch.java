package io.drainwatch.drainer.cluster;

import io.drainwatch.drainer.pods.PodFacts;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * A watch of the client's, whose looks, streams and events are its own and whose waits pass by
 * virtual time. What the server has sent is read before time goes on.
 */
final class SteppedWatch implements Cluster.Watching {
  private final SocketReach reach;
  private final WatchLoop loop;
  private final String watched;
  private final String path;
  private final String selector;
  private Optional<WatchStream> open = Optional.empty();
  private String version = "";
  private boolean hasHeard;
  private int read;
  private int failures;
  private boolean closed;

  private SteppedWatch(
      SocketReach reach, WatchLoop loop, String watched, String path, String selector) {
    this.reach = reach;
    this.loop = loop;
    this.watched = watched;
    this.path = path;
    this.selector = selector;
  }

  static SteppedWatch ofNode(
      SocketReach reach, FabricCluster client, String node, Consumer<NodeReading> listener) {
    NodeWatch loop =
        new NodeWatch(
            reach.wire,
            node,
            SocketReach.TIMES,
            () -> client.readNode(node),
            reading -> reach.hear(() -> listener.accept(reading)));
    return new SteppedWatch(reach, loop, "node " + node, "/api/v1/nodes", "metadata.name=" + node);
  }

  static SteppedWatch ofPods(SocketReach reach, String node, Consumer<PodsSeen> listener) {
    Lists<PodFacts> lists =
        new Lists<>(
            reach.wire,
            reach.clock(),
            "/api/v1/pods",
            "spec.nodeName=" + node,
            "PodList",
            json -> Optional.of(PodReader.read(json)));
    AtomicReference<SteppedWatch> self = new AtomicReference<>();
    PodWatch loop =
        new PodWatch(
            reach.wire,
            lists,
            reach.clock(),
            SocketReach.TIMES,
            seen ->
                reach.hear(
                    () -> {
                      if (!self.get().closed) {
                        listener.accept(seen);
                      }
                    }));
    SteppedWatch watch =
        new SteppedWatch(reach, loop, "pods " + node, lists.path(), lists.selector());
    self.set(watch);
    reach.after(SocketReach.TIMES.crossCheck(), () -> watch.crossCheck(loop));
    return watch;
  }

  private void crossCheck(PodWatch pods) {
    if (!closed) {
      reach.call(
          () -> {
            pods.checkOnce();
            return true;
          },
          done -> reach.after(SocketReach.TIMES.crossCheck(), () -> crossCheck(pods)));
    }
  }

  void begin() {
    if (closed) {
      return;
    }
    failures++;
    reach.call(loop::look, from -> from.ifPresentOrElse(this::follow, this::later));
  }

  private void later() {
    reach.after(SocketReach.TIMES.backOff(failures, 0.5), this::begin);
  }

  private sealed interface Opening {
    record Opened(WatchStream stream) implements Opening {}

    record Failed(String why) implements Opening {}
  }

  private void follow(String from) {
    if (closed) {
      return;
    }
    version = from;
    reach.call(
        () -> {
          try {
            return new Opening.Opened(
                WatchStream.open(reach.wire, path, selector, from, SocketReach.TIMES.openFor(0.5)));
          } catch (WatchStream.RefusedException | Wire.NoAnswerException | IOException e) {
            return new Opening.Failed(Line.of(e));
          }
        },
        this::opened);
  }

  private void opened(Opening opening) {
    switch (opening) {
      case Opening.Opened(WatchStream stream) -> {
        open = Optional.of(stream);
        read = 0;
        hasHeard = false;
      }
      case Opening.Failed(String why) -> failed(why);
    }
  }

  private void failed(String why) {
    reach.trouble(why);
    later();
  }

  /** Reads what has been sent; whether there was anything. */
  boolean read() {
    boolean did = false;
    while (open.isPresent() && (isOver() || read < reach.server.told(watched).orElse(0))) {
      did = true;
      next(open.get());
    }
    return did;
  }

  // the server has nothing more to say: there is an end to be read, or an answer that is none
  private boolean isOver() {
    return reach.server.told(watched).isEmpty();
  }

  private void next(WatchStream stream) {
    try {
      Optional<WatchStream.Event> event = stream.next();
      if (event.isEmpty()) {
        ended(stream);
        if (hasHeard) {
          follow(version);
        } else {
          later();
        }
        return;
      }
      if (event.get().type().equals("ERROR")) {
        throw new IOException(
            StatusReader.read(event.get().object())
                .map(status -> status.code() + " " + status.message())
                .orElse("an error without a Status"));
      }
      read++;
      hasHeard = true;
      failures = 0;
      loop.locked(() -> take(event.get()));
      version = event.get().version().isEmpty() ? version : event.get().version();
    } catch (IOException e) {
      ended(stream);
      failed(Line.of(e));
    }
  }

  private void take(WatchStream.Event event) {
    switch (event.type()) {
      case "ADDED", "MODIFIED", "DELETED" -> loop.event(event);
      case "BOOKMARK" -> loop.bookmark();
      default -> throw new AssertionError(event.type());
    }
  }

  // by the server, and read to its end: a stream that is closed while it is open makes okhttp wait
  // for the rest of it for a tenth of a second of real time, each time
  private void end(WatchStream stream) {
    reach.server.closeWatch(watched);
    try {
      Optional<WatchStream.Event> rest = stream.next();
      while (rest.isPresent()) {
        rest = stream.next();
      }
    } catch (IOException e) {
      // over as well
    }
    ended(stream);
  }

  private void ended(WatchStream stream) {
    open = Optional.empty();
    stream.close();
  }

  @Override
  public void close() {
    closed = true;
    loop.close();
    open.ifPresent(this::end);
    reach.closed(this);
  }
}
