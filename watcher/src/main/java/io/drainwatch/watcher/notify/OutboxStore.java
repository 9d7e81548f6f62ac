package io.drainwatch.watcher.notify;

import io.drainwatch.drainer.notify.Outbox;
import java.util.Optional;

/** Where the outbox is kept over restarts. Nothing here throws. */
public interface OutboxStore {
  /** Of a process without a disk. */
  OutboxStore NONE =
      new OutboxStore() {
        @Override
        public Optional<Outbox> load() {
          return Optional.empty();
        }

        @Override
        public Optional<String> save(Outbox outbox) {
          return Optional.empty();
        }
      };

  /** Empty: there was none, notifications are new here. */
  Optional<Outbox> load();

  /**
   * Puts it on the disk.
   *
   * @return why it is not there; empty when it is
   */
  Optional<String> save(Outbox outbox);
}
