package io.drainwatch.drainer.context;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Commands that only note how they were called, before all others on the PATH. */
final class StandIns {
  private final Path directory;
  private final Path calls;

  /** Those that the use cases call; the etcd cluster has west_0 to west_2. */
  StandIns(Path work) throws IOException {
    directory = Files.createDirectory(work.resolve("bin"));
    calls = work.resolve("calls");
    for (String command : List.of("nodetool", "rsync", "redis-cli", "kubectl")) {
      add(command, "echo \"$0 says this on stdout\"");
    }
    add("pg_dumpall", "echo 'CREATE TABLE t;'");
    replicas("1");
    members("west_0", "west_1", "west_2");
    Path hostname = Files.writeString(directory.resolve("hostname"), "#!/bin/sh\necho west_0\n");
    makeExecutable(hostname);
  }

  void replicas(String answer) throws IOException {
    add("replica-count", "echo " + answer);
  }

  void members(String... names) throws IOException {
    StringBuilder list = new StringBuilder();
    for (int i = 0; i < names.length; i++) {
      list.append(
          "echo 'a%d, started, %s, http://p:2380, http://c:2379, false'; ".formatted(i, names[i]));
    }
    add("etcdctl", "case \"$1 $2\" in 'member list') %s ;; *) echo done ;; esac".formatted(list));
  }

  /** From now on the command does this, after it has noted the call. */
  void add(String command, String body) throws IOException {
    String note = "printf '%s\\n' \"${0##*/} $*\" >> '" + calls + "'";
    makeExecutable(
        Files.writeString(directory.resolve(command), "#!/bin/sh\n" + note + "\n" + body + "\n"));
  }

  String path() {
    return directory + ":" + System.getenv("PATH");
  }

  List<String> calls() throws IOException {
    return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
  }

  private static void makeExecutable(Path file) {
    if (!file.toFile().setExecutable(true)) {
      throw new IllegalStateException("cannot be made executable: " + file);
    }
  }
}
