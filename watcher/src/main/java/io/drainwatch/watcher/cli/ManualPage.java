package io.drainwatch.watcher.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;

/** The manual page: the help of every command, word for word, and what no help says. */
final class ManualPage {
  /** An ordinary terminal, less the margin of the page. */
  private static final int WIDTH = 72;

  private static final String BEFORE =
      """
      .SH DESCRIPTION
      Azure tells a VM minutes ahead that it will be frozen, rebooted, moved, evicted or deleted.
      .B drainwatch run
      asks for that each second, runs hooks to take the machine out of service and empty it, tells the
      platform to go ahead once that is done and never before, and brings the machine back afterwards.
      What it does is on disk before it is done, so it goes on after a crash, a reboot or an upgrade.
      .SH COMMANDS
      """;

  private static final String AFTER =
      """
      .SH FILES
      .TP
      .I /etc/drainwatch/drainwatch.yml
      All settings with their defaults and what they mean.
      .TP
      .I /etc/drainwatch/hooks.d/HOOK/
      Executables that are run for a hook, in the order of their names.
      .B drainwatch hooks list
      says what would run.
      .TP
      .I /var/lib/drainwatch/
      The record of a maintenance, the history, and the token for commands that change something.
      .TP
      .I /etc/default/drainwatch
      Variables of the service; need not exist.
      .SH ENVIRONMENT
      Every setting is also a variable: drainwatch.state\\-dir is DRAINWATCH_STATE_DIR.
      .TP
      .B DRAINWATCH_JAVA_OPTIONS
      More options for Java, separated by spaces.
      .SH SEE ALSO
      .BR systemctl (1),
      .I /usr/lib/drainwatch/README.md
      """;

  private ManualPage() {}

  static String of(CommandLine line, String version) {
    CommandLine narrow = line.setUsageHelpWidth(WIDTH);
    StringBuilder page = new StringBuilder();
    page.append(".TH DRAINWATCH 8 \"\" \"drainwatch ")
        .append(escaped(version))
        .append("\" \"System administration\"\n.SH NAME\ndrainwatch \\- ")
        .append(escaped(summary(narrow.getCommandSpec())))
        .append("\n.SH SYNOPSIS\n.B drainwatch\n.I command\n[\\fIoption\\fR ...]\n")
        .append(BEFORE);
    append(page, narrow);
    return page.append(AFTER).toString();
  }

  private static String summary(CommandSpec spec) {
    String first = String.join(" ", List.of(spec.usageMessage().description()));
    String withoutStop = first.replaceFirst("\\.$", "");
    return withoutStop.substring(0, 1).toLowerCase(java.util.Locale.ROOT)
        + withoutStop.substring(1);
  }

  private static void append(StringBuilder page, CommandLine command) {
    page.append(".SS ").append(escaped(command.getCommandSpec().qualifiedName())).append("\n.nf\n");
    command
        .getUsageMessage(Ansi.OFF)
        .lines()
        .forEach(line -> page.append(escaped(line)).append('\n'));
    page.append(".fi\n");
    command.getSubcommands().values().forEach(each -> append(page, each));
  }

  /** Nothing of it is an order to the formatter, and a hyphen stays what it is when copied. */
  static String escaped(String text) {
    String plain = text.replace("\\", "\\e").replace("-", "\\-");
    return plain.startsWith(".") || plain.startsWith("'") ? "\\&" + plain : plain;
  }
}
