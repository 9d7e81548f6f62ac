package io.drainwatch.drainer.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All objects of a kind. Nothing is kept here: the listener keeps what it needs.
 *
 * @param <T> what is kept of one; those of which nothing is are passed over
 */
final class ObjectsWatch<T> extends WatchLoop {
  private static final Logger LOG = LoggerFactory.getLogger(ObjectsWatch.class);
  private static final Duration LONGEST_LIST = Duration.ofSeconds(60);

  private final Lists<Optional<T>> lists;
  private final Function<JsonNode, Optional<T>> translate;
  private final StatefulCluster.Listener<T> listener;

  ObjectsWatch(
      Wire wire,
      Lists<Optional<T>> lists,
      Function<JsonNode, Optional<T>> translate,
      WatchTimes times,
      StatefulCluster.Listener<T> listener) {
    super(wire, lists.path(), lists.selector(), times);
    this.lists = lists;
    this.translate = translate;
    this.listener = listener;
  }

  @Override
  Optional<String> look() {
    return switch (lists.read(LONGEST_LIST)) {
      case Listing.Complete<Optional<T>> complete -> {
        locked(() -> listener.are(complete.items().stream().flatMap(Optional::stream).toList()));
        yield Optional.of(complete.version());
      }
      case Listing.Failed<Optional<T>> failed -> {
        LOG.warn("What is there stays as last seen: {}", failed.why());
        yield Optional.empty();
      }
    };
  }

  @Override
  Set<String> dropped() {
    return lists.dropped();
  }

  @Override
  void event(WatchStream.Event event) {
    translate
        .apply(event.object())
        .ifPresent(
            each -> {
              if (event.type().equals("DELETED")) {
                listener.isGone(each);
              } else {
                listener.is(each);
              }
            });
  }
}
