package io.drainwatch.drainer.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/** One open watch over HTTP: what is to be written, in order. */
final class Stream {
  private final ModelCluster cluster;
  private final Selection selection;
  private final BlockingQueue<Optional<ObjectNode>> lines = new LinkedBlockingQueue<>();
  private final Consumer<Change> ear = this::heard;
  private long version;
  private int said;
  private boolean open = true;

  Stream(ModelCluster cluster, Selection selection) {
    this.cluster = cluster;
    this.selection = selection;
  }

  /**
   * @param since 0: begins with what there is
   */
  void begin(long since, Duration bookmarks, Optional<Duration> end) {
    Store store = cluster.store();
    version = store.version();
    if (since == 0) {
      selection.in(store).forEach(each -> add("ADDED", each));
    } else if (since < store.compactedTo()) {
      ModelAnswer.Said expired = Refusals.expired(since, store.compactedTo());
      say(Optional.of(event("ERROR", StatusJson.write(expired))));
      close();
      return;
    } else {
      store.changesAfter(since).forEach(this::heard);
    }
    store.listen(ear);
    end.ifPresent(time -> cluster.in(time, this::close));
    if (!bookmarks.isZero()) {
      cluster.in(bookmarks, () -> bookmark(bookmarks));
    }
  }

  String watched() {
    return selection.watched();
  }

  /** Lines so far, with the one that ends it. */
  int said() {
    return said;
  }

  private void say(Optional<ObjectNode> line) {
    said++;
    lines.add(line);
  }

  /** The next line; empty: it is over. */
  Optional<ObjectNode> next() throws InterruptedException {
    return lines.take();
  }

  /** Under the cluster's lock, as everything but {@link #next}. */
  void close() {
    if (open) {
      open = false;
      cluster.store().deafen(ear);
      say(Optional.empty());
    }
  }

  private void bookmark(Duration again) {
    if (open) {
      ObjectNode object =
          ObjectJson.begun(selection.kind().list.replace("List", ""), selection.kind().apiVersion);
      object
          .putObject("metadata")
          .put("resourceVersion", Long.toString(version))
          .putNull("creationTimestamp");
      say(Optional.of(event("BOOKMARK", object)));
      cluster.in(again, () -> bookmark(again));
    }
  }

  private void heard(Change change) {
    version = change.version();
    boolean was = change.before().filter(selection::holds).isPresent();
    boolean is = change.after().filter(selection::holds).isPresent();
    if (is) {
      add(was ? "MODIFIED" : "ADDED", change.latest());
    } else if (was) {
      add("DELETED", change.after().or(change::before).orElseThrow());
    }
  }

  private void add(String type, ModelObject object) {
    say(Optional.of(event(type, ObjectJson.write(object))));
  }

  private static ObjectNode event(String type, ObjectNode object) {
    ObjectNode event = RequestJson.MAPPER.createObjectNode().put("type", type);
    event.set("object", object);
    return event;
  }
}
