package io.drainwatch.drainer.maintenance;

/** What became of a call as far as the process tells, before its contract has judged it. */
public sealed interface ProcessOutcome extends ScriptOutcome
    permits ScriptOutcome.Exited, ScriptOutcome.Ended, ScriptOutcome.NotStarted {}
