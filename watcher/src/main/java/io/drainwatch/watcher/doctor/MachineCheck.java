package io.drainwatch.watcher.doctor;

import java.util.ArrayList;
import java.util.List;

/** Clock, Java, what scripts need, the service manager, other programs. */
final class MachineCheck {
  private static final int NEEDED_JAVA = 25;
  private static final long MEBIBYTE = 1024L * 1024;

  private MachineCheck() {}

  static List<Finding> of(MachineFacts facts) {
    List<Finding> findings = new ArrayList<>();
    findings.add(clock(facts.clock()));
    findings.add(java(facts.java()));
    findings.add(
        facts.setsid()
            ? Finding.ok("setsid", "there")
            : Finding.warning(
                "setsid",
                "neither /usr/bin/setsid nor /bin/setsid is there: what a script leaves running may"
                    + " not be found and ended",
                "Install util-linux."));
    if (facts.systemd().there()) {
      findings.add(systemd(facts.systemd()));
    }
    if (!facts.otherPrograms().isEmpty()) {
      findings.add(
          Finding.warning(
              "other-programs",
              "watching scheduled events too: " + String.join(", ", facts.otherPrograms()),
              "One of them acknowledges before the other has drained: let one do it."));
    }
    return findings;
  }

  private static Finding clock(MachineFacts.Clock clock) {
    if (clock.by().isEmpty()) {
      return Finding.warning(
          "clock",
          "no time synchronisation was found, and deadlines go by the clock",
          "Run systemd-timesyncd or chrony, or see to it that the host sets the time.");
    }
    return clock.synchronised().orElse(true)
        ? Finding.ok("clock", "kept by " + clock.by().get())
        : Finding.warning(
            "clock",
            clock.by().get() + " runs but is not synchronised yet, and deadlines go by the clock",
            "Look whether it reaches its servers: timedatectl");
  }

  private static Finding java(MachineFacts.Java java) {
    String text =
        "Java " + java.version() + ", at most " + java.mostHeapBytes() / MEBIBYTE + " MiB of heap";
    if (java.feature() < NEEDED_JAVA) {
      return Finding.problem("java", text, "Install a JDK " + NEEDED_JAVA + " or later.");
    }
    if (!java.variables().isEmpty()) {
      return Finding.warning(
          "java",
          text + "; " + String.join(", ", java.variables()) + " set, which change every Java",
          "Unset them for the daemon; its own are in DRAINWATCH_JAVA_OPTIONS.");
    }
    if (!java.nativeAccess() || !java.exitsWhenOutOfMemory()) {
      return Finding.warning(
          "java",
          text + ", without the options that the daemon is meant to have",
          "Start it by the drainwatch script, which sets them.");
    }
    return Finding.ok("java", text);
  }

  private static Finding systemd(MachineFacts.Systemd systemd) {
    if (systemd.unit().isEmpty()) {
      return Finding.warning(
          "systemd",
          "the unit drainwatch.service is not installed",
          "Copy config/drainwatch.service to /etc/systemd/system/.");
    }
    return systemd.enabled()
        ? Finding.ok("systemd", systemd.unit().get() + " is enabled")
        : Finding.warning(
            "systemd",
            systemd.unit().get() + " is not enabled: after a reboot nothing is brought back",
            "systemctl enable --now drainwatch");
  }
}
