package io.drainwatch.watcher.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "context",
    description = {
      "The drain context: what a hook is told.",
      "Inside a hook it is on stdin, in the file $DRAIN_CONTEXT_FILE and, in parts, in these"
          + " variables (unknown: empty, or -1 for numbers):",
      "",
      "DRAIN_CONTEXT, DRAIN_CONTEXT_FILE, DRAIN_CONTEXT_VERSION  all of it as JSON (the first only"
          + " up to 32 KiB)",
      "DRAIN_ID  the same for every call, retry and restart of one maintenance",
      "DRAIN_HOOK, DRAIN_STAGE  the hook, the state of the maintenance",
      "DRAIN_ATTEMPT, DRAIN_CHECK_STATUS  calls from 1; 1 when called again after exit code 75",
      "DRAIN_DRY_RUN  1: do nothing",
      "DRAIN_EVENT_ID, DRAIN_EVENT_TYPE, DRAIN_EVENT_STATUS, DRAIN_EVENT_SOURCE  the event; its"
          + " status is Scheduled, Started, Cancelled or Completed",
      "DRAIN_NOT_BEFORE, DRAIN_DEADLINE, DRAIN_DEADLINE_EPOCH, DRAIN_SECONDS_LEFT  when it begins;"
          + " when the script is ended",
      "DRAIN_DURATION_SECONDS  how long the interruption is said to be",
      "DRAIN_VM_NAME, DRAIN_VM_IS_SELF  the VM that it is about",
      "DRAIN_VM_STATE  recreated or stopped, as $2",
      "DRAIN_VM_RECREATED, DRAIN_VM_STOPPED, DRAIN_VM_DELETED  true or false",
      "DRAIN_TARGET_STATES, DRAIN_AFFECTED_VMS  lists, separated by spaces",
      "DRAIN_VM_NEXT_STATE, DRAIN_INSTANCE_NEXT_STATE, DRAIN_GROUP_NEXT_STATE,",
      "DRAIN_DEPLOYMENT_NEXT_STATE, DRAIN_JOB_NEXT_STATE  what becomes of them",
      "DRAIN_OS_DISK_NEXT_STATE, DRAIN_PERSISTENT_DISK_NEXT_STATE,"
          + " DRAIN_EPHEMERAL_DISK_NEXT_STATE  available, unavailable or deleted"
    },
    footer = {
      "",
      "Example: if [ \"$(drainwatch context get .vm.deleted)\" = true ]; then ...",
      "",
      "Exit codes: those of the command below it."
    },
    subcommands = ContextGetCommand.class)
final class ContextCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    if (spec != null) {
      CommandLine line = spec.commandLine();
      line.usage(line.getOut());
    }
  }
}
