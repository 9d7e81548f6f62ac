package io.drainwatch.watcher.simulator.platform;

import java.util.List;

/** The versions of {@code /metadata/instance}: another list than that of the scheduled events. */
public final class InstanceVersions {

  /** Oldest first, as Microsoft's page of the instance metadata service has them. */
  public static final List<String> ALL =
      List.of(
          "2017-03-01",
          "2017-04-02",
          "2017-08-01",
          "2017-10-01",
          "2017-12-01",
          "2018-02-01",
          "2018-04-02",
          "2018-10-01",
          "2019-02-01",
          "2019-03-11",
          "2019-04-30",
          "2019-06-01",
          "2019-06-04",
          "2019-08-01",
          "2019-08-15",
          "2019-11-01",
          "2020-06-01",
          "2020-07-15",
          "2020-09-01",
          "2020-10-01",
          "2020-12-01",
          "2021-01-01",
          "2021-02-01",
          "2021-03-01",
          "2021-05-01",
          "2021-10-01",
          "2021-11-01",
          "2021-11-15",
          "2021-12-13",
          "2023-07-01",
          "2023-11-15",
          "2024-03-15",
          "2024-07-17",
          "2025-04-07");

  private static final int NEWEST_TOLD = 3;

  private InstanceVersions() {}

  /** What the error for a bad version names, newest first. */
  public static List<String> newest() {
    return ALL.reversed().subList(0, NEWEST_TOLD);
  }
}
