# shellcheck shell=sh
# Functions for drain scripts. Source this file:
#
#     #!/bin/sh
#     . /usr/lib/drainwatch/drain.sh
#     if drain_instance_is_deleted; then
#       my-database export || exit 1
#     fi
#
# POSIX sh. Works under "set -eu", sets no option and no variable of yours, and prints only what it
# is asked for. Everything is read from the variables that Drainwatch sets (DRAIN_*); without
# them, as in a trial run by hand, the questions are answered no.

# drain_log TEXT...: one line to standard error, which Drainwatch logs. Never to standard output:
# that is the answer of a BOSH drain script.
drain_log() {
  printf '%s\n' "$*" >&2
}

# drain_seconds_left: prints the seconds until scripts are ended, 0 when that is past, -1 when
# nothing is due. Counts on while the script runs; a second event can still bring the deadline
# forward, which drain_member .event.deadline tells.
drain_seconds_left() (
  now=$(date +%s 2>/dev/null) || now=
  case ${DRAIN_DEADLINE_EPOCH:--1},$now in
    -* | *, | *,*[!0-9]*)
      printf '%s\n' "${DRAIN_SECONDS_LEFT:--1}"
      ;;
    *)
      left=$((DRAIN_DEADLINE_EPOCH - now))
      if [ "$left" -lt 0 ]; then left=0; fi
      printf '%s\n' "$left"
      ;;
  esac
)

# The VM comes back on another host or as a new VM: what is only on this host is lost.
drain_is_recreated() {
  [ "${DRAIN_VM_RECREATED:-}" = true ]
}

# This VM resource will not exist afterwards.
drain_is_deleted() {
  [ "${DRAIN_VM_DELETED:-}" = true ]
}

# The instance goes for good, its group has one less. False for a Freeze, a Reboot, a Redeploy and
# a Preempt that only deallocates.
drain_instance_is_deleted() {
  [ "${DRAIN_INSTANCE_NEXT_STATE:-}" = delete ]
}

# The whole deployment goes. Only ever true where the operator has configured it.
drain_deployment_is_deleted() {
  [ "${DRAIN_DEPLOYMENT_NEXT_STATE:-}" = deleted ]
}

# The content of a data disk is lost, or must be expected to be.
drain_data_is_lost() {
  [ "${DRAIN_PERSISTENT_DISK_NEXT_STATE:-}" = deleted ]
}

# This is a later call, because the last one was not finished (exit 75).
drain_is_check() {
  [ "${DRAIN_CHECK_STATUS:-}" = 1 ]
}

# Nothing must be changed, only said.
drain_is_dry_run() {
  [ "${DRAIN_DRY_RUN:-}" = 1 ]
}

# drain_affects NAME: the event names this VM too.
drain_affects() {
  case " ${DRAIN_AFFECTED_VMS:-} " in
    *" $1 "*) return 0 ;;
    *) return 1 ;;
  esac
}

# drain_member PATH: prints one member of the context, for example drain_member .vm.next_state or
# drain_member '.disks[0].size_mb'. 127 where the drainwatch command is not on the PATH.
drain_member() {
  if command -v drainwatch >/dev/null 2>&1; then
    drainwatch context get "$1"
  else
    drain_log "drain_member $1: no drainwatch command on the PATH; DRAIN_CONTEXT_FILE has the JSON"
    return 127
  fi
}

# drain_not_finished [TEXT...]: ends the script; Drainwatch calls it again after a few seconds with
# DRAIN_CHECK_STATUS=1, until it ends otherwise or the time is over. Native hooks only.
drain_not_finished() {
  if [ "$#" -gt 0 ]; then drain_log "$@"; fi
  exit 75
}

# drain_failed [TEXT...]: ends the script as failed; the maintenance is then not acknowledged.
drain_failed() {
  if [ "$#" -gt 0 ]; then drain_log "$@"; fi
  exit 1
}
