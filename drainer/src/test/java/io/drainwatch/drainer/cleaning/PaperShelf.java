package io.drainwatch.drainer.cleaning;

import io.drainwatch.drainer.cluster.Cluster.Watching;
import io.drainwatch.drainer.cluster.StatefulCluster.Listener;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;

/** A kind of object and who watches it; what a watch tells waits until it is delivered. */
final class PaperShelf<T> {
  final TreeMap<String, T> objects = new TreeMap<>();
  final List<Queue<Runnable>> watches = new ArrayList<>();
  final Map<Queue<Runnable>, Listener<T>> listeners = new HashMap<>();

  void put(String name, T object) {
    objects.put(name, object);
    watches.forEach(watch -> watch.add(() -> listeners.get(watch).is(object)));
  }

  void remove(String name) {
    T gone = objects.remove(name);
    if (gone != null) {
      watches.forEach(watch -> watch.add(() -> listeners.get(watch).isGone(gone)));
    }
  }

  Watching watch(Listener<T> listener) {
    Queue<Runnable> told = new ArrayDeque<>();
    listeners.put(told, listener);
    List<T> all = List.copyOf(objects.values());
    told.add(() -> listener.are(all));
    watches.add(told);
    return () -> watches.remove(told);
  }

  /** Watches end, with all that they had still to tell; they begin anew with what is there. */
  void lose() {
    List<T> all = List.copyOf(objects.values());
    for (Queue<Runnable> watch : watches) {
      watch.clear();
      watch.add(() -> listeners.get(watch).are(all));
    }
  }

  boolean deliver() {
    for (Queue<Runnable> watch : List.copyOf(watches)) {
      Runnable next = watch.poll();
      if (next != null) {
        next.run();
        return true;
      }
    }
    return false;
  }
}
