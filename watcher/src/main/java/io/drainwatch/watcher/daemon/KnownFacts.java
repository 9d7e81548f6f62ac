package io.drainwatch.watcher.daemon;

import io.drainwatch.drainer.context.VmFacts;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.Watch;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * What is known of this VM, from the record, the metadata service, and whoever knows more. Read and
 * told from any thread.
 */
final class KnownFacts {
  private final AtomicReference<Optional<VmFacts>> facts = new AtomicReference<>(Optional.empty());
  private final FurtherFacts further;
  private final Supplier<Watch> watch;

  /**
   * @param watch of the core, for a name where nothing else is known; asked later, not now
   */
  KnownFacts(FurtherFacts further, Supplier<Watch> watch) {
    this.further = further;
    this.watch = watch;
  }

  Optional<VmFacts> get() {
    return facts.get();
  }

  /** Of the record of the same boot, until the metadata service says more. */
  void recorded(Optional<VmFacts> found) {
    facts.set(found);
  }

  /** The metadata service's word; who knows more is asked, and tells it later or never. */
  void learned(VmFacts told) {
    Optional<VmFacts> learned = Optional.of(told);
    facts.set(learned);
    // of the VM that was asked for: another may have been told meanwhile
    further.ask(told, more -> facts.compareAndSet(learned, Optional.of(more)));
  }

  VmFacts orTheNameAlone() {
    return facts.get().orElseGet(this::whatTheCoreTells);
  }

  private VmFacts whatTheCoreTells() {
    Watch now = watch.get();
    return now.episode().map(Episode::machine).or(now::machine).stream()
        .map(machine -> Poller.nothingBut(machine.vmName(), machine.deletedWhenEvicted()))
        .findFirst()
        .orElseGet(() -> Poller.nothingButTheName("unknown"));
  }
}
