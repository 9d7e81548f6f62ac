package io.drainwatch.watcher.simulator.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComputeDocumentTest {

  private static final String VERSION = "2021-03-01";

  @Test
  void writesEverySimpleValueAsAString() throws Exception {
    SimulatedVm vm =
        vm(
            "{\"platformFaultDomain\": 3, \"zone\": null, \"osProfile\": {\"odd\": true},"
                + " \"storageProfile\": {\"dataDisks\": [{\"lun\": 0, \"diskSizeGB\": 64}]}}");

    ObjectNode compute = ComputeDocument.of(vm, VERSION).orElseThrow();

    assertOnlyStrings(compute);
    assertThat(compute.path("platformFaultDomain").asText()).isEqualTo("3");
    assertThat(compute.path("zone").asText()).isEmpty();
    assertThat(compute.path("storageProfile").path("dataDisks").path(0).path("diskSizeGB").asText())
        .isEqualTo("64");
    assertThat(compute.path("storageProfile").path("resourceDisk").has("size")).isTrue();
  }

  @Test
  void takesANameInOtherLettersAsTheSameField() throws Exception {
    ObjectNode compute = ComputeDocument.of(vm("{\"Priority\": \"Spot\"}"), VERSION).orElseThrow();

    assertThat(compute.path("Priority").asText()).isEqualTo("Spot");
    assertThat(compute.has("priority")).isFalse();
  }

  @Test
  void keepsTheIdOfAName() {
    String once = read(SimulatedVm.named("vm1"), "vmId");

    assertThat(read(SimulatedVm.named("vm1"), "vmId")).isEqualTo(once);
    assertThat(read(SimulatedVm.named("vm2"), "vmId")).isNotEqualTo(once);
  }

  @ParameterizedTest(name = "{0} in {1}: {2}")
  @CsvSource({
    "vmId, 2017-04-02, true",
    "vmId, 2017-03-01, false",
    "placementGroupId, 2017-04-02, false",
    "placementGroupId, 2017-08-01, true",
    "vmScaleSetName, 2017-10-01, false",
    "vmScaleSetName, 2017-12-01, true",
    "resourceId, 2019-02-01, false",
    "resourceId, 2019-03-11, true",
    "osProfile, 2020-06-01, false",
    "osProfile, 2020-07-15, true",
    "evictionPolicy, 2020-10-01, false",
    "evictionPolicy, 2020-12-01, true",
    "virtualMachineScaleSet, 2021-02-01, false",
    "virtualMachineScaleSet, 2021-03-01, true"
  })
  void leavesOutWhatCameLater(String field, String version, boolean there) {
    assertThat(ComputeDocument.of(SimulatedVm.named("vm1"), version).orElseThrow().has(field))
        .isEqualTo(there);
  }

  @ParameterizedTest(name = "name {0} of scale set {1}: {2}")
  @CsvSource({
    "pool_13, pool, virtualMachineScaleSets/pool/virtualMachines/13",
    "pool_1a2b3c4d, pool, virtualMachines/pool_1a2b3c4d",
    "vm1, '', virtualMachines/vm1"
  })
  void writesTheResourceIdOfItsKind(String name, String scaleSet, String end) {
    SimulatedVm vm = SimulatedVm.named(name).with("vmScaleSetName", scaleSet);

    assertThat(read(vm, "resourceId")).endsWith("/providers/Microsoft.Compute/" + end);
  }

  @Test
  void knowsNoOtherVersion() {
    assertThat(ComputeDocument.of(SimulatedVm.named("vm1"), "2020-07-01")).isEmpty();
  }

  private static void assertOnlyStrings(JsonNode node) {
    if (node.isContainerNode()) {
      node.forEach(ComputeDocumentTest::assertOnlyStrings);
    } else {
      assertThat(node.isTextual()).isTrue();
    }
  }

  private static String read(SimulatedVm vm, String field) {
    return ComputeDocument.of(vm, VERSION).orElseThrow().path(field).asText();
  }

  private static SimulatedVm vm(String compute) throws Exception {
    return new SimulatedVm("vm1", (ObjectNode) new ObjectMapper().readTree(compute));
  }
}
