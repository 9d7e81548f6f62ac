package io.drainwatch.drainer.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.drainwatch.drainer.evictions.EvictionAnswer;
import io.drainwatch.drainer.evictions.RetryAfter;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Complete, consistent lists: no resourceVersion, so none of a cache's; page by page; one whose
 * token has expired begins anew. A part of a list is never handed out (K39, K40).
 *
 * @param path of the collection
 * @param selector a field selector; empty: all
 * @param kind of the list
 * @param dropped names of lists in an object that nobody needs
 */
record Lists<T>(
    Wire wire,
    InstantSource clock,
    String path,
    String selector,
    String kind,
    Set<String> dropped,
    Function<JsonNode, Optional<T>> translate) {
  private static final int PAGE = 500;
  private static final int MOST_BEGINNINGS = 3;
  private static final int GONE = 410;

  Lists(
      Wire wire,
      InstantSource clock,
      String path,
      String selector,
      String kind,
      Function<JsonNode, Optional<T>> translate) {
    this(wire, clock, path, selector, kind, ApiJson.DROPPED, translate);
  }

  /**
   * @param whole for all pages together
   */
  Listing<T> read(Duration whole) {
    Instant giveUp = clock.instant().plus(whole);
    Listing<T> listing = begin(giveUp);
    for (int beginnings = 1; beginnings < MOST_BEGINNINGS && isExpired(listing); beginnings++) {
      listing = begin(giveUp);
    }
    return listing;
  }

  private static boolean isExpired(Listing<?> listing) {
    return listing instanceof Listing.Failed<?> failed
        && failed.status().filter(status -> status == GONE).isPresent();
  }

  private Listing<T> begin(Instant giveUp) {
    Instant begun = clock.instant();
    List<T> items = new ArrayList<>();
    String next = "";
    while (true) {
      Instant asked = clock.instant();
      Duration left = Duration.between(asked, giveUp);
      if (left.toMillis() <= 0) {
        return failed(Optional.empty(), "not done in time");
      }
      Duration limit = left.compareTo(wire.limit()) < 0 ? left : wire.limit();
      try (Wire.Opened opened = wire.open(Asked.get(path + query(next)), limit)) {
        if (opened.head().status() != 200) {
          return refused(opened.head().status(), wire.rest(opened));
        }
        Page<T> page = Page.read(opened.body(), kind, dropped, translate);
        items.addAll(page.items());
        next = page.next();
        if (next.isEmpty()) {
          Instant ended = clock.instant();
          return new Listing.Complete<>(
              items, page.version(), begun, ended, opened.head().date().orElse(ended));
        }
      } catch (Wire.NoAnswerException e) {
        return failed(Optional.empty(), e.reply().told());
      } catch (IOException e) {
        return failed(Optional.empty(), Wire.none(e).told());
      }
    }
  }

  private Listing<T> failed(Optional<Integer> status, String why) {
    return new Listing.Failed<>(status, "GET " + path + ": " + why, Duration.ZERO);
  }

  private Listing<T> refused(int status, Reply reply) {
    Duration retryAfter =
        StatusReader.answer(reply) instanceof EvictionAnswer.Http http
            ? RetryAfter.of(http)
            : Duration.ZERO;
    return new Listing.Failed<>(
        Optional.of(status), "GET " + path + ": " + reply.told(), retryAfter);
  }

  private String query(String next) {
    String query = "?limit=" + PAGE;
    if (!selector.isEmpty()) {
      query += "&fieldSelector=" + Asked.encoded(selector);
    }
    return next.isEmpty() ? query : query + "&continue=" + Asked.encoded(next);
  }
}
