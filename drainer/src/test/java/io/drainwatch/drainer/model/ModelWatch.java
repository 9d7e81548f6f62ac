package io.drainwatch.drainer.model;

import io.drainwatch.drainer.cluster.Cluster;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A list and then a watch, again and again: whatever fails is tried again after 1 s doubling to 30
 * s, and a watch that ended begins with a list.
 */
abstract class ModelWatch implements Cluster.Watching {
  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  final ModelApi api;
  final ModelCluster cluster;
  private final String target;
  private final Consumer<Change> ear = this::heard;
  private boolean closed;
  private boolean connected;
  private int connection;
  private Duration wait = FIRST_WAIT;

  ModelWatch(ModelApi api, String target) {
    this.api = api;
    this.cluster = api.cluster();
    this.target = target;
  }

  void open() {
    cluster.store().listen(ear);
    later(Duration.ZERO, this::connect);
  }

  @Override
  public void close() {
    closed = true;
    cluster.store().deafen(ear);
    api.closed(this);
  }

  /** The server ends it. */
  void cut() {
    if (connected) {
      connected = false;
      later(Duration.ZERO, this::connect);
    }
  }

  void later(Duration delay, Runnable what) {
    cluster.in(
        delay,
        () -> {
          if (!closed) {
            what.run();
          }
        });
  }

  /**
   * @return whether that could be done
   */
  abstract boolean list();

  abstract void changed(Change change);

  /** False: {@link #changed} would do nothing, as with most changes where there are many Nodes. */
  boolean concerns(Change change) {
    return true;
  }

  private void connect() {
    if (connected) {
      return;
    }
    connection++;
    if (!list() || !watch()) {
      later(wait, this::connect);
      Duration doubled = wait.multipliedBy(2);
      wait = doubled.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : doubled;
      return;
    }
    wait = FIRST_WAIT;
  }

  private boolean watch() {
    connected = api.ask(Verb.WATCH, target, Optional::empty) instanceof Reply.Said;
    return connected;
  }

  private void heard(Change change) {
    if (!connected || api.losesNext() || !concerns(change)) {
      return;
    }
    int on = connection;
    later(
        api.watchDelay(),
        () -> {
          if (on == connection) {
            changed(change);
          }
        });
  }
}
