package io.drainwatch.watcher.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TablesTest {
  private static final String LOCKS =
      """
      1: FLOCK  ADVISORY  WRITE 9840 fe:00:77 0 EOF
      2: POSIX  ADVISORY  READ  11 fe:00:78 0 EOF
      3: POSIX  ADVISORY  WRITE 4711 fe:00:78 0 EOF
      3: -> POSIX  ADVISORY  WRITE 12 fe:00:79 0 EOF
      4: POSIX  ADVISORY  WRITE 0 00:2f:80 0 EOF
      """;

  @Test
  void findsTheProcessThatHoldsALock() {
    assertThat(LockTable.holderOf(LOCKS, 78)).hasValue(4711);
  }

  @Test
  void aFlockAWaiterAndAProcessOfAnotherNamespaceHoldNothingThatWeSee() {
    assertThat(LockTable.holderOf(LOCKS, 77)).isEmpty();
    assertThat(LockTable.holderOf(LOCKS, 79)).isEmpty();
    assertThat(LockTable.holderOf(LOCKS, 80)).isEmpty();
  }

  private static final String HEAD =
      "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n";
  private static final String DEFAULT =
      "eth0\t00000000\t0100000A\t0003\t0\t0\t100\t00000000\t0\t0\t0\n";

  @Test
  void theDefaultRouteLeadsThere() {
    assertThat(RouteTable.interfaceFor(HEAD + DEFAULT, "169.254.169.254")).contains("eth0");
  }

  @Test
  void theMostSpecificRouteWins() {
    String direct = "eth1\tFEA9FEA9\t00000000\t0005\t0\t0\t100\tFFFFFFFF\t0\t0\t0\n";

    assertThat(RouteTable.interfaceFor(HEAD + DEFAULT + direct, "169.254.169.254"))
        .contains("eth1");
    assertThat(RouteTable.interfaceFor(HEAD + DEFAULT + direct, "10.0.0.4")).contains("eth0");
  }

  @Test
  void noRouteNoInterface() {
    String local = "eth0\t0000000A\t00000000\t0001\t0\t0\t100\t000000FF\t0\t0\t0\n";
    String rejected = "lo\t00000000\t00000000\t0201\t0\t0\t100\t00000000\t0\t0\t0\n";

    assertThat(RouteTable.interfaceFor(HEAD + local + rejected, "169.254.169.254")).isEmpty();
    assertThat(RouteTable.interfaceFor("", "169.254.169.254")).isEmpty();
  }

  @Test
  void findsWhereADeviceIsMounted() {
    String mounts = "/dev/sda1 / ext4 rw 0 0\n/dev/sdb1 /mnt ext4 rw 0 0\n";

    assertThat(TempDiskLook.mountPoint(mounts, "/dev/sdb1")).contains("/mnt");
    assertThat(TempDiskLook.mountPoint(mounts, "/dev/sdb")).isEmpty();
  }
}
