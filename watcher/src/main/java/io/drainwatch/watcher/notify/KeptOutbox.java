package io.drainwatch.watcher.notify;

import io.drainwatch.drainer.notify.NoticeJson;
import io.drainwatch.drainer.notify.Outbox;
import io.drainwatch.watcher.record.OutboxFile;
import java.nio.file.Path;
import java.util.Optional;

/** The outbox in the state directory of a VM. */
public final class KeptOutbox implements OutboxStore {
  private final OutboxFile file;

  /**
   * @param stateDirectory of a daemon that has its lock
   */
  public KeptOutbox(Path stateDirectory) {
    file = OutboxFile.in(stateDirectory);
  }

  @Override
  public Optional<Outbox> load() {
    return file.read().map(NoticeJson::read);
  }

  @Override
  public Optional<String> save(Outbox outbox) {
    return file.write(NoticeJson.write(outbox));
  }
}
