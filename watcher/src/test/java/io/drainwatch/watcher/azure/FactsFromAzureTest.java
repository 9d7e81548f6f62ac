package io.drainwatch.watcher.azure;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.context.FactSources;
import io.drainwatch.drainer.context.VmFacts;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FactsFromAzureTest {
  private static final ResourceId INSTANCE = AzureSamples.SET.instance("3");
  private final PlayedAzure azure = new PlayedAzure();
  private final List<Duration> pauses = new ArrayList<>();

  private static VmFacts told(Optional<String> evictionPolicy) {
    return new VmFacts(
        "pool_3",
        Optional.of("id"),
        Optional.of(INSTANCE.path()),
        Optional.empty(),
        evictionPolicy,
        Optional.of("pool"),
        Optional.empty(),
        List.of(
            new VmFacts.Disk(
                "os", VmFacts.Disk.Kind.OS, OptionalInt.empty(), OptionalLong.empty(), false),
            new VmFacts.Disk(
                "data", VmFacts.Disk.Kind.PERSISTENT, OptionalInt.of(1), OptionalLong.of(9), false),
            new VmFacts.Disk(
                "resource",
                VmFacts.Disk.Kind.EPHEMERAL,
                OptionalInt.empty(),
                OptionalLong.of(9),
                true)));
  }

  /** Its storage profile is left out. */
  private static AzureVm instance() {
    return vm(INSTANCE, DiskFacts.NONE);
  }

  private static AzureVm vm(ResourceId id, DiskFacts disks) {
    return new AzureVm(
        id,
        "id",
        "Succeeded",
        AzureVm.Power.RUNNING,
        Optional.empty(),
        Optional.empty(),
        Optional.of(AzureSamples.SET),
        true,
        disks,
        Optional.empty(),
        false);
  }

  private static DiskFacts ownDisks() {
    return new DiskFacts(
        Optional.empty(),
        Optional.empty(),
        List.of(new DiskFacts.DataDisk(OptionalInt.of(1), "x", Optional.empty())));
  }

  private static ScaleSetMember member(boolean onLatestModel) {
    return new ScaleSetMember("pool_3", "3", "Succeeded", onLatestModel);
  }

  private static ScaleSet model(Optional<Spot> spot) {
    return AzureSamples.set(
        spot,
        EventsPolicy.DEFAULT,
        Notification.OFF,
        Notification.OFF,
        true,
        new DiskFacts(
            Optional.of("CacheDisk"),
            Optional.empty(),
            List.of(new DiskFacts.DataDisk(OptionalInt.of(1), "", Optional.of("Detach")))));
  }

  private FactsFromAzure asking() {
    return new FactsFromAzure(
        () -> new AzureLibrary.Opening.Opened((settings, clock) -> azure),
        AzureSettings.of(AzureSettings.Login.AUTO, Optional.empty(), AzureSettings.PUBLIC_CLOUD),
        InstantSource.system(),
        duration -> {
          pauses.add(duration);
          azure.trouble = Optional.empty();
        });
  }

  @Test
  void fillsInWhatTheMetadataServiceLeavesOutAndSaysFromWhere() throws Exception {
    azure.with(instance()).with(model(Optional.of(new Spot(Optional.empty()))), member(true));
    CompletableFuture<VmFacts> found = new CompletableFuture<>();

    asking().ask(told(Optional.empty()), found::complete);
    VmFacts facts = found.get(10, TimeUnit.SECONDS);

    assertThat(facts.evictionPolicy()).contains("Deallocate");
    assertThat(facts.priority()).contains("Spot");
    assertThat(facts.disks().get(0).ephemeral()).isTrue();
    assertThat(facts.disks().get(1).isDetached()).isTrue();
    assertThat(facts.disks().get(2)).isEqualTo(told(Optional.empty()).disks().get(2));
    assertThat(facts.sources())
        .contains(
            new FactSources(
                Optional.of("resource-manager"),
                Optional.of("resource-manager"),
                Optional.of("resource-manager")));
    assertThat(facts.name()).isEqualTo("pool_3");
  }

  @Test
  void whatTheComputeDocumentTellsStays() {
    VmFacts facts =
        MoreFacts.of(
            told(Optional.of("Delete")),
            instance(),
            Optional.of(model(Optional.of(new Spot(Optional.of("Deallocate"))))),
            true);

    assertThat(facts.evictionPolicy()).contains("Delete");
    assertThat(facts.sources().flatMap(FactSources::evictionPolicy)).contains("metadata");
  }

  @Test
  void saysWhatIsOnlyAssumed() {
    VmFacts facts = MoreFacts.of(told(Optional.empty()), instance(), Optional.empty(), true);

    assertThat(facts.evictionPolicy()).isEmpty();
    assertThat(facts.sources())
        .contains(
            new FactSources(Optional.empty(), Optional.of("assumed"), Optional.of("assumed")));
  }

  @Test
  void aVmOfItsOwnIsNotJudgedByTheModelOfItsScaleSet() {
    ResourceId flexible = ResourceId.vm("sub", "rg-1", "pool_3");
    VmFacts facts =
        MoreFacts.of(
            told(Optional.empty()),
            vm(flexible, ownDisks()),
            Optional.of(model(Optional.of(new Spot(Optional.of("Delete"))))),
            true);

    assertThat(facts.evictionPolicy()).isEmpty();
    assertThat(facts.priority()).isEmpty();
    assertThat(facts.disks().get(0).ephemeral()).isFalse();
    assertThat(facts.disks().get(1).isDetached()).isFalse();
  }

  @Test
  void whatTheInstanceHasIsNotOverruledByTheModel() {
    VmFacts facts =
        MoreFacts.of(
            told(Optional.empty()),
            vm(INSTANCE, ownDisks()),
            Optional.of(model(Optional.empty())),
            true);

    assertThat(facts.disks().get(0).ephemeral()).isFalse();
    assertThat(facts.disks().get(1).isDetached()).isFalse();
    assertThat(facts.sources())
        .contains(
            new FactSources(
                Optional.empty(), Optional.of("resource-manager"), Optional.of("assumed")));
  }

  @Test
  void ofTwoDisksWithOneNumberNeitherIsBelieved() {
    VmFacts facts =
        MoreFacts.of(
            told(Optional.empty()),
            vm(
                INSTANCE,
                new DiskFacts(
                    Optional.empty(),
                    Optional.empty(),
                    List.of(
                        new DiskFacts.DataDisk(OptionalInt.of(1), "a", Optional.of("Detach")),
                        new DiskFacts.DataDisk(OptionalInt.of(1), "b", Optional.of("Delete"))))),
            Optional.empty(),
            false);

    assertThat(facts.disks().get(1).deleteOption()).isEmpty();
    assertThat(facts.disks().get(1).isDetached()).isFalse();
  }

  @Test
  void aNewerModelSaysNothingOfTheDisksOfAnOlderInstance() throws Exception {
    azure.with(instance()).with(model(Optional.of(new Spot(Optional.empty()))), member(false));
    CompletableFuture<VmFacts> found = new CompletableFuture<>();

    asking().ask(told(Optional.empty()), found::complete);
    VmFacts facts = found.get(10, TimeUnit.SECONDS);

    assertThat(facts.disks().get(0).ephemeral()).isFalse();
    assertThat(facts.disks().get(1).isDetached()).isFalse();
    assertThat(facts.evictionPolicy()).contains("Deallocate");
    assertThat(facts.sources())
        .contains(
            new FactSources(
                Optional.of("resource-manager"), Optional.of("assumed"), Optional.of("assumed")));
  }

  @Test
  void triesAgainWhatMayPass() throws Exception {
    azure.with(instance()).with(model(Optional.empty()));
    azure.trouble = Optional.of(Trouble.Kind.NO_LOGIN);
    CompletableFuture<VmFacts> found = new CompletableFuture<>();

    asking().ask(told(Optional.empty()), found::complete);

    assertThat(found.get(10, TimeUnit.SECONDS).sources()).isPresent();
    assertThat(pauses).containsExactly(Duration.ofSeconds(10));
  }
}
