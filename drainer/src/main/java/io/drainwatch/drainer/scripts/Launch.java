package io.drainwatch.drainer.scripts;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What goes before a script on the command line, so that it leads its own process group and has
 * umask 022.
 *
 * <p>{@code setsid} execs in place: the script's pid is that of the process that was started, and
 * of its group. The umask is inherited; service managers and containers give 022 and then nothing
 * is done. Only under another one a fixed line of shell sets it; the script and its arguments are
 * its positional parameters and never part of what it reads.
 */
record Launch(Optional<Path> setsid, boolean setsUmask) {

  private static final String UMASK = "0022";

  static Launch ofSystem() {
    return new Launch(
        Stream.of(Path.of("/usr/bin/setsid"), Path.of("/bin/setsid"))
            .filter(Files::isExecutable)
            .findFirst(),
        !DaemonProcess.umask().equals(Optional.of(UMASK)));
  }

  List<String> command(Path script, List<String> arguments) {
    List<String> command = new ArrayList<>();
    setsid.ifPresent(path -> command.add(path.toString()));
    if (setsUmask) {
      command.addAll(List.of("/bin/sh", "-c", "umask 022; exec \"$0\" \"$@\""));
    }
    command.add(script.toString());
    command.addAll(arguments);
    return command;
  }
}
