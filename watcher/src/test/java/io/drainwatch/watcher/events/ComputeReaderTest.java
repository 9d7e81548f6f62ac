package io.drainwatch.watcher.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.context.VmFacts;
import io.drainwatch.drainer.context.VmFacts.Disk;
import io.drainwatch.watcher.events.ComputeReader.NotCompute;
import io.drainwatch.watcher.events.ComputeReader.ReadCompute;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ComputeReaderTest {
  private static VmFacts facts(String body) {
    ComputeReader.Compute compute = new ComputeReader().read(body.getBytes(StandardCharsets.UTF_8));
    assertThat(compute).isInstanceOf(ReadCompute.class);
    return ((ReadCompute) compute).facts();
  }

  private static VmFacts factsWith(String fields) {
    return facts("{\"name\":\"vm1\"," + fields + "}");
  }

  private static VmFacts factsWithStorage(String fields) {
    return factsWith("\"storageProfile\":{" + fields + "}");
  }

  @Test
  void readsTheSpotInstanceOfAScaleSet() {
    VmFacts facts = facts(Fixtures.text("compute-vmss-uniform.json"));

    assertThat(facts.name()).isEqualTo("aks-batch-17654321-vmss_13");
    assertThat(facts.vmId()).contains("8c0f4d1e-6b72-4a39-8e5d-1c2b3a4f5e60");
    assertThat(facts.resourceId()).hasValueSatisfying(id -> assertThat(id).endsWith("/13"));
    assertThat(facts.priority()).contains("Spot");
    assertThat(facts.evictionPolicy()).contains("Delete");
    assertThat(facts.isDeletedWhenEvicted()).isTrue();
    assertThat(facts.scaleSet()).contains("aks-batch-17654321-vmss");
    assertThat(facts.zone()).contains("1");
    assertThat(facts.disks())
        .containsExactly(
            new Disk(
                "resource",
                Disk.Kind.EPHEMERAL,
                OptionalInt.empty(),
                OptionalLong.of(102_400),
                true));
  }

  @Test
  void readsNamesWhateverTheirCase() {
    VmFacts facts = facts(Fixtures.text("compute-linux-2025-04-07.json"));

    assertThat(facts.name()).isEqualTo("examplevmname");
    assertThat(facts.priority()).contains("Regular");
    assertThat(facts.evictionPolicy()).isEmpty();
    assertThat(facts.isDeletedWhenEvicted()).isTrue();
    assertThat(facts.scaleSet()).contains("crpteste9vflji9");
    assertThat(facts.zone()).contains("3");
    assertThat(facts.disks()).isEmpty();
  }

  @Test
  void readsTheWrappedFormOfAStandaloneVm() {
    VmFacts facts = facts(Fixtures.text("instance-vm.json"));

    assertThat(facts.name()).isEqualTo("health");
    assertThat(facts.vmId()).contains("e7fdbfc4-2deb-4a4e-8615-ea6aaf50162e");
    assertThat(facts.resourceId()).isEmpty();
    assertThat(facts.scaleSet()).isEmpty();
    assertThat(facts.zone()).isEmpty();
  }

  @Test
  void takesAFlexibleScaleSetsNameFromItsId() {
    assertThat(
            factsWith(
                    "\"vmScaleSetName\":\"\",\"virtualMachineScaleSet\":{\"id\":"
                        + "\"/subscriptions/s/providers/Microsoft.Compute/virtualMachineScaleSets/flex\"}")
                .scaleSet())
        .contains("flex");
    assertThat(factsWith("\"virtualMachineScaleSet\":{\"id\":\"\"}").scaleSet()).isEmpty();
    assertThat(factsWith("\"virtualMachineScaleSet\":{\"id\":\"/a/\"}").scaleSet()).isEmpty();
  }

  @Test
  void readsDataDisksInGibibytes() {
    VmFacts facts =
        factsWithStorage(
            "\"dataDisks\":[{\"diskSizeGB\":\"128\",\"lun\":\"0\",\"name\":\"data\"},"
                + "{\"diskSizeGB\":\"\",\"lun\":\"1\",\"name\":\"unsized\"},null]");

    assertThat(facts.disks())
        .containsExactly(
            new Disk(
                "data", Disk.Kind.PERSISTENT, OptionalInt.of(0), OptionalLong.of(131_072), false),
            new Disk(
                "unsized", Disk.Kind.PERSISTENT, OptionalInt.of(1), OptionalLong.empty(), false));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"diffDiskSettings\":{\"option\":\"Local\"} | true",
        "\"diffDiskSettings\":{\"option\":\"\"}      | false",
        "\"diffDiskSettings\":{}                     | false",
        "\"diffDiskSettings\":null                   | false",
        "\"diffDiskSettings\":\"\"                   | false",
        "\"DiffDiskSettings\":\"Local\"              | true",
        "\"caching\":\"None\"                        | false",
      })
  void knowsAnOsDiskThatLivesOnTheHost(String setting, boolean ephemeral) {
    VmFacts facts =
        factsWithStorage("\"osDisk\":{\"name\":\"os\",\"diskSizeGB\":\"30\"," + setting + "}");

    assertThat(facts.disks())
        .containsExactly(
            new Disk("os", Disk.Kind.OS, OptionalInt.empty(), OptionalLong.of(30_720), ephemeral));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"0\"", "\"\"", "0", "null"})
  void knowsAVmWithoutTempDisk(String size) {
    assertThat(factsWithStorage("\"resourceDisk\":{\"size\":" + size + "}").disks()).isEmpty();
  }

  @Test
  void aTempDiskOfUnreadableSizeIsStillThere() {
    assertThat(factsWithStorage("\"resourceDisk\":{\"size\":\"large\"}").disks())
        .containsExactly(
            new Disk(
                "resource", Disk.Kind.EPHEMERAL, OptionalInt.empty(), OptionalLong.empty(), true));
  }

  @Test
  void aFigureBeyondMeasureIsNone() {
    VmFacts facts =
        factsWithStorage(
            "\"dataDisks\":[{\"name\":\"data\",\"lun\":\"99999999999\","
                + "\"diskSizeGB\":\"999999999999999999\"}]");

    assertThat(facts.disks())
        .containsExactly(
            new Disk(
                "data", Disk.Kind.PERSISTENT, OptionalInt.empty(), OptionalLong.empty(), false));
  }

  @Test
  void refusesABodyBeyondOneMebibyte() {
    String body = " ".repeat(1 << 20) + "{\"name\":\"vm1\"}";

    assertThat(new ComputeReader().read(body.getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(new NotCompute("it is longer than 1048576 bytes"));
  }

  @Test
  void asksForNothingButTheName() {
    VmFacts facts = facts("{\"name\":\"vm1\"}");

    assertThat(facts.vmId()).isEmpty();
    assertThat(facts.evictionPolicy()).isEmpty();
    assertThat(facts.disks()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "null",
        "{\"name\":\"\"}",
        "{\"name\":null}",
        "<html>",
        "{\"name\":\"vm1\"",
        "{\"error\":\"Not found\"}"
      })
  void tellsWhyItIsNoComputeDocument(String body) {
    ComputeReader.Compute compute = new ComputeReader().read(body.getBytes(StandardCharsets.UTF_8));

    assertThat(compute).isInstanceOf(NotCompute.class);
    assertThat(((NotCompute) compute).reason()).isNotBlank();
  }

  @Test
  void cleansWhatItReads() {
    assertThat(facts("{\"name\":\"vm\u00071\"}").name()).isEqualTo("vm1");
  }

  @Property(tries = 1_000)
  void noBytesThrow(@ForAll byte[] body) {
    assertThat(new ComputeReader().read(body)).isNotNull();
  }
}
