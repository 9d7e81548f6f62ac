package io.drainwatch.watcher.doctor;

import java.util.Optional;

/** By which interface an IPv4 address is reached, by {@code /proc/net/route}. Pure. */
final class RouteTable {
  private static final int COLUMNS = 8;
  private static final int UP = 1;
  private static final int REJECT = 0x200;

  private RouteTable() {}

  /** The most specific route wins; of equal ones the first. */
  static Optional<String> interfaceFor(String table, String address) {
    long wanted = littleEndian(address);
    Optional<String> best = Optional.empty();
    int longest = -1;
    for (String line : table.lines().skip(1).toList()) {
      String[] columns = line.strip().split("\\s+", -1);
      if (columns.length < COLUMNS) {
        continue;
      }
      long destination = Long.parseLong(columns[1], 16);
      int flags = Integer.parseInt(columns[3], 16);
      long mask = Long.parseLong(columns[7], 16);
      boolean usable = (flags & UP) != 0 && (flags & REJECT) == 0;
      if (usable && (wanted & mask) == destination && Long.bitCount(mask) > longest) {
        longest = Long.bitCount(mask);
        best = Optional.of(columns[0]);
      }
    }
    return best;
  }

  private static long littleEndian(String address) {
    long number = 0;
    String[] parts = address.split("\\.", -1);
    for (int i = parts.length - 1; i >= 0; i--) {
      number = number << 8 | Integer.parseInt(parts[i]);
    }
    return number;
  }
}
