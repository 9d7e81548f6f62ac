package io.drainwatch.drainer.nodes;

import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What came of something that depends on nothing else, for the next time it is asked for: a Node is
 * looked at many times between two changes of its annotations, and reading or writing those would
 * be most of each look. Bounded in number; who comes to a place that is taken takes it over.
 *
 * <p>Threads share it without a word: what stands in a place is immutable, so that one who sees an
 * older entry, or none, does the work once more.
 */
final class DoneBefore<K, V> {
  static final int PLACES = 128;

  private record Known<K, V>(K key, V value) {}

  @SuppressWarnings({"unchecked", "rawtypes"}) // Java makes no arrays of generic types
  private final @Nullable Known<K, V>[] places = new Known[PLACES];

  private final Function<K, V> work;
  private final ToIntFunction<K> hash;

  /**
   * @param work that makes the same of the same, always
   * @param hash the same for what is the same; cheaper than the whole of it
   */
  DoneBefore(Function<K, V> work, ToIntFunction<K> hash) {
    this.work = work;
    this.hash = hash;
  }

  V of(K key) {
    int place = Math.floorMod(hash.applyAsInt(key), PLACES);
    Known<K, V> known = places[place];
    if (known != null && known.key().equals(key)) {
      return known.value();
    }
    V value = work.apply(key);
    places[place] = new Known<>(key, value);
    return value;
  }
}
