package io.drainwatch.drainer.pods;

/** A pod and what becomes of it. */
public record JudgedPod(PodFacts pod, Decision decision) {}
