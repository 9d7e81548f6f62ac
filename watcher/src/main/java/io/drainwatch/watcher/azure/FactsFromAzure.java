package io.drainwatch.watcher.azure;

import io.drainwatch.drainer.context.VmFacts;
import io.drainwatch.watcher.operator.Pause;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shell: asks Resource Manager once for what the metadata service does not tell of this VM, on a
 * thread of its own: no poll and no script waits for it, and until it has answered, or when it
 * never does, the metadata service's facts count. What may pass is tried again a few times.
 */
public final class FactsFromAzure {
  private static final Logger LOG = LoggerFactory.getLogger(FactsFromAzure.class);
  private static final List<Duration> PAUSES =
      List.of(Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofMinutes(10));

  private final Supplier<AzureLibrary.Opening> library;
  private final AzureSettings settings;
  private final InstantSource clock;
  private final Pause pause;

  public FactsFromAzure(
      Supplier<AzureLibrary.Opening> library,
      AzureSettings settings,
      InstantSource clock,
      Pause pause) {
    this.library = library;
    this.settings = settings;
    this.clock = clock;
    this.pause = pause;
  }

  /**
   * @param found called once, later and on another thread, or never
   */
  public void ask(VmFacts told, Consumer<VmFacts> found) {
    Optional<ResourceId> id = told.resourceId().flatMap(ResourceId::parse);
    if (id.isEmpty()) {
      LOG.warn(
          "Resource Manager is not asked for more facts: the metadata service does not tell which"
              + " VM this is");
      return;
    }
    Thread.ofVirtual()
        .name("drainwatch-azure-facts")
        .start(() -> askPatiently(id.get(), told, found));
  }

  private void askPatiently(ResourceId id, VmFacts told, Consumer<VmFacts> found) {
    switch (library.get()) {
      case AzureLibrary.Opening.Missing(String sentence) ->
          LOG.warn("no more facts from Resource Manager. {}", sentence);
      case AzureLibrary.Opening.Opened(AzureAccess access) -> {
        try (AzureResources azure = access.open(settings, clock)) {
          for (Duration next : PAUSES) {
            Optional<Trouble> trouble = askOnce(azure, id, told, found);
            if (trouble.isEmpty() || !mayPass(trouble.get())) {
              return;
            }
            pause.last(next);
          }
          askOnce(azure, id, told, found);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }

  private static Optional<Trouble> askOnce(
      AzureResources azure, ResourceId id, VmFacts told, Consumer<VmFacts> found) {
    AzureAnswer<VmFacts> more = azure.vm(id).then(vm -> more(azure, vm, told));
    more.found()
        .ifPresent(
            facts -> {
              LOG.info(
                  "facts of the VM: {}",
                  facts.sources().map(Object::toString).orElse("as the metadata service tells"));
              found.accept(facts);
            });
    more.problem().ifPresent(trouble -> LOG.warn("{}", trouble.sentence()));
    return more.problem();
  }

  private static AzureAnswer<VmFacts> more(AzureResources azure, AzureVm vm, VmFacts told) {
    Optional<ResourceId> set = vm.scaleSet().filter(each -> MoreFacts.isUniform(vm));
    if (set.isEmpty()) {
      return new AzureAnswer.Told<>(MoreFacts.of(told, vm, Optional.empty(), false));
    }
    return azure
        .scaleSet(set.get())
        .then(
            model ->
                new AzureAnswer.Told<>(
                    MoreFacts.of(
                        told,
                        vm,
                        Optional.of(model),
                        MoreFacts.leavesOutDisks(vm) && isOnLatestModel(azure, set.get(), vm))));
  }

  /** Where the list is not told the worse case counts: it is not. */
  private static boolean isOnLatestModel(AzureResources azure, ResourceId set, AzureVm vm) {
    return azure.members(set).found().stream()
        .flatMap(List::stream)
        .anyMatch(
            member ->
                member.onLatestModel()
                    && vm.id().instance().filter(member.instanceId()::equals).isPresent());
  }

  private static boolean mayPass(Trouble trouble) {
    return switch (trouble.kind()) {
      case NO_LOGIN, THROTTLED, SERVER, TIMED_OUT, NO_CONNECTION -> true;
      case FORBIDDEN, NOT_FOUND, CONFLICT, OTHER -> false;
    };
  }
}
