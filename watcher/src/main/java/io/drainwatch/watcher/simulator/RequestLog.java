package io.drainwatch.watcher.simulator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last requests, so that a simulator that runs for weeks does not grow. Not for threads. */
final class RequestLog {

  private final int kept;
  private final Deque<RecordedRequest> requests = new ArrayDeque<>();
  private long count;

  RequestLog(int kept) {
    this.kept = kept;
  }

  void add(RecordedRequest request) {
    count++;
    requests.addLast(request);
    if (requests.size() > kept) {
      requests.removeFirst();
    }
  }

  /** Also those no longer kept. */
  long count() {
    return count;
  }

  List<RecordedRequest> last() {
    return List.copyOf(requests);
  }
}
