package io.drainwatch.watcher.azure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceIdTest {
  private static final String BASE =
      "/subscriptions/s-1/resourceGroups/My_Group/providers/Microsoft.Compute/";

  @ParameterizedTest
  @CsvSource({
    "virtualMachines/vm-1,VM,vm-1",
    "virtualMachineScaleSets/pool,SCALE_SET,pool",
    "virtualMachineScaleSets/pool/virtualMachines/3,INSTANCE,pool_3",
    "virtualMachineScaleSets/pool/virtualMachines/pool_a1b2c3d4,VM,pool_a1b2c3d4"
  })
  void readsIdsAndProviderIds(String tail, ResourceId.Kind kind, String eventName) {
    ResourceId id = ResourceId.parse(BASE + tail).orElseThrow();

    assertThat(id.kind()).isEqualTo(kind);
    assertThat(id.eventName()).isEqualTo(eventName);
    assertThat(ResourceId.parse("azure://" + BASE.toLowerCase(java.util.Locale.ROOT) + tail))
        .hasValueSatisfying(same -> assertThat(same.isSameAs(id)).isTrue());
    assertThat(ResourceId.parse(id.path())).contains(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "vm-1",
        "virtualMachines/a/virtualMachines/b",
        "virtualMachines/a?x=1",
        "virtualMachines/../x",
        "virtualMachineScaleSets/a/virtualMachines/3/restart",
        "disks/a"
      })
  void takesNothingElse(String tail) {
    assertThat(ResourceId.parse(BASE + tail)).isEmpty();
    assertThat(ResourceId.parse(tail)).isEmpty();
  }

  @Test
  void everyCallIsKnownByItsPathOnly() {
    ResourceId vm = ResourceId.parse(BASE + "virtualMachines/vm-1").orElseThrow();

    assertThat(AzureCall.of("GET", vm.path())).contains(AzureCall.READ_VM);
    assertThat(AzureCall.of("DELETE", vm.path())).isEmpty();
    assertThat(AzureCall.of("POST", vm.path() + "/restart")).contains(AzureCall.RESTART_VM);
    assertThat(AzureCall.of("POST", vm.path() + "/deallocate")).isEmpty();
    assertThat(AzureCall.of("GET", vm.path() + "/providers/Microsoft.Authorization/permissions"))
        .contains(AzureCall.READ_PERMISSIONS);
  }
}
