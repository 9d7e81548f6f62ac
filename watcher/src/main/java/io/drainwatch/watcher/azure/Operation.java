package io.drainwatch.watcher.azure;

/**
 * Something that Azure has taken on and goes on doing by itself. Whoever waits for it asks at a
 * pace and with a limit of their own; nothing of it blocks for longer than one exchange.
 */
public interface Operation {

  /** How far it is. */
  enum Standing {
    UNDERWAY,
    DONE
  }

  /** Asks once. A failure of the operation itself is a trouble. */
  AzureAnswer<Standing> look();
}
