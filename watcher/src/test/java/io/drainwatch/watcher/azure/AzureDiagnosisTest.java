package io.drainwatch.watcher.azure;

import static io.drainwatch.watcher.azure.AzureSamples.NOW;
import static io.drainwatch.watcher.azure.AzureSamples.SET;
import static io.drainwatch.watcher.azure.AzureSamples.VM;
import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.watcher.doctor.Finding;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AzureDiagnosisTest {
  private static final Examined.Question QUESTION =
      new Examined.Question(Set.of(Feature.DOCTOR), NOW);

  private static List<AzureFinding> faults(Examined... examined) {
    return AzureDiagnosis.of(List.of(examined), QUESTION).stream()
        .filter(finding -> !finding.isOk())
        .toList();
  }

  private static Examined set(ScaleSet set, Permissions permissions, ScaleSetMember... members) {
    return new Examined.OfScaleSet(
        set,
        new AzureAnswer.Told<>(List.of(members)),
        List.of(),
        Optional.of(new AzureAnswer.Told<>(permissions)));
  }

  @Test
  void aWellConfiguredScaleSetAndVmAreSilent() {
    assertThat(
            faults(
                set(
                    AzureSamples.goodSet(),
                    AzureSamples.OWNER,
                    new ScaleSetMember("pool_0", "0", "Succeeded", true)),
                new Examined.OfVm(
                    AzureSamples.goodVm(VM),
                    Optional.of(new AzureAnswer.Told<>(AzureSamples.OWNER)),
                    Optional.of(""))))
        .isEmpty();
  }

  @Test
  void aBadlyConfiguredScaleSetNamesEveryFault() {
    List<AzureFinding> faults =
        faults(
            set(
                AzureSamples.badSet(),
                AzureSamples.NOBODY,
                new ScaleSetMember("pool_0", "0", "Succeeded", false)));

    assertThat(faults)
        .extracting(fault -> fault.finding().check())
        .containsExactly(
            "terminate-notification",
            "automatic-approval",
            "all-instances-down",
            "os-disk",
            "os-upgrades",
            "identity",
            "latest-model",
            "roles");
    assertThat(faults).allSatisfy(fault -> assertThat(fault.finding().advice()).isNotEmpty());
    assertThat(faults).allSatisfy(fault -> assertThat(fault.on()).contains("scale set pool"));
    assertThat(faults.getLast().finding().text())
        .contains("Microsoft.Compute/virtualMachineScaleSets/read");
  }

  @Test
  void aBadlyConfiguredVmNamesEveryFault() {
    assertThat(
            faults(
                new Examined.OfVm(
                    AzureSamples.badVm(VM),
                    Optional.of(new AzureAnswer.Told<>(AzureSamples.NOBODY)),
                    Optional.of("200 MiB are in use at /mnt"))))
        .extracting(fault -> fault.finding().check())
        .containsExactly(
            "provisioning",
            "eviction-policy",
            "automatic-approval",
            "all-instances-down",
            "os-disk",
            "temp-disk",
            "planned-maintenance",
            "identity",
            "roles");
  }

  @Test
  void asksForNoTerminateNoticeWhereAzureHasNone() {
    ScaleSet spot =
        AzureSamples.set(
            Optional.of(new Spot(Optional.of("Deallocate"))),
            new EventsPolicy(false, false, false),
            Notification.OFF,
            new Notification(true, Optional.empty()),
            true,
            DiskFacts.NONE);

    assertThat(faults(set(spot, AzureSamples.OWNER))).isEmpty();
    assertThat(AzureDiagnosis.lacksNotice(spot, Duration.ofMinutes(5))).isFalse();
  }

  @Test
  void aTerminateNoticeOfFiveMinutesIsShort() {
    ScaleSet five =
        AzureSamples.set(
            Optional.empty(),
            new EventsPolicy(false, false, false),
            new Notification(true, Optional.empty()),
            new Notification(true, Optional.empty()),
            true,
            DiskFacts.NONE);

    assertThat(faults(set(five, AzureSamples.OWNER)))
        .singleElement()
        .satisfies(fault -> assertThat(fault.finding().result()).isEqualTo(Finding.Result.WARNING));
    assertThat(AzureDiagnosis.lacksNotice(five, Duration.ofMinutes(15))).isTrue();
    assertThat(AzureDiagnosis.lacksNotice(five, Duration.ofMinutes(5))).isFalse();
  }

  @Test
  void whatCannotBeReadIsAProblemAndHidesNothingElse() {
    Trouble forbidden = AzureSamples.trouble(Trouble.Kind.FORBIDDEN, AzureCall.LIST_INSTANCES);

    List<AzureFinding> faults =
        faults(
            new Examined.OfScaleSet(
                AzureSamples.goodSet(),
                new AzureAnswer.NotTold<>(forbidden),
                List.of(
                    new AzureAnswer.NotTold<>(
                        AzureSamples.trouble(Trouble.Kind.NOT_FOUND, AzureCall.READ_INSTANCE))),
                Optional.empty()),
            new Examined.Unread(forbidden));

    assertThat(faults)
        .extracting(fault -> fault.finding().check())
        .containsExactly("latest-model", "planned-maintenance", "reading");
    assertThat(faults.getFirst().finding().text())
        .contains("lacks Microsoft.Compute/virtualMachineScaleSets/virtualMachines/read");
  }

  @Test
  void tellsPlannedMaintenanceThatIsDoneOrComesByItself() {
    assertThat(SelfService.objection(AzureSamples.maintained(VM), NOW)).isEmpty();
    assertThat(SelfService.objection(AzureSamples.goodVm(VM), NOW))
        .hasValueSatisfying(why -> assertThat(why).startsWith("No maintenance is planned"));
    assertThat(SelfService.objection(AzureSamples.badVm(VM), NOW))
        .hasValueSatisfying(why -> assertThat(why).contains("provisioning"));
    assertThat(
            SelfService.objection(
                AzureSamples.maintained(VM), java.time.Instant.parse("2100-01-01T00:00:00Z")))
        .hasValueSatisfying(why -> assertThat(why).contains("cannot be started"));
    assertThat(
            SelfService.objection(
                AzureSamples.maintained(VM), java.time.Instant.parse("2019-01-01T00:00:00Z")))
        .hasValueSatisfying(why -> assertThat(why).contains("opens at"));
  }

  @Test
  void aRoleMayTakeOutWhatAnotherGives() {
    Permissions permissions =
        new Permissions(
            List.of(
                new Permissions.Grant(List.of("Microsoft.Compute/*"), List.of("*/write")),
                new Permissions.Grant(
                    List.of("microsoft.compute/virtualmachinescalesets/WRITE"), List.of())));

    assertThat(permissions.allow("Microsoft.Compute/virtualMachines/write")).isFalse();
    assertThat(permissions.allow("Microsoft.Compute/virtualMachines/restart/action")).isTrue();
    assertThat(permissions.allow("Microsoft.Compute/virtualMachineScaleSets/write")).isTrue();
    assertThat(permissions.allow("Microsoft.Network/x/read")).isFalse();
    assertThat(SET.words()).isEqualTo("scale set pool (resource group rg-1)");
  }
}
