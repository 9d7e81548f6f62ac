package io.drainwatch.watcher.doctor;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Shell: whether the VM's temp disk is mounted, by the link that Azure's udev rules make. */
record TempDiskLook(Path root) {

  Optional<MachineFacts.TempDisk> look() {
    try {
      Path device = root.resolve("dev/disk/azure/resource-part1").toRealPath();
      String mounts = Files.readString(root.resolve("proc/mounts"));
      return mountPoint(mounts, device.toString()).flatMap(TempDiskLook::used);
    } catch (IOException e) {
      return Optional.empty(); // no such disk
    }
  }

  static Optional<String> mountPoint(String mounts, String device) {
    return mounts
        .lines()
        .map(line -> line.split(" ", -1))
        .filter(columns -> columns.length > 1 && columns[0].equals(device))
        .map(columns -> columns[1])
        .findFirst();
  }

  private static Optional<MachineFacts.TempDisk> used(String mountPoint) {
    try {
      FileStore store = Files.getFileStore(Path.of(mountPoint));
      return Optional.of(
          new MachineFacts.TempDisk(
              mountPoint, store.getTotalSpace() - store.getUnallocatedSpace()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
