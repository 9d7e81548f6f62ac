package io.drainwatch.drainer.pods;

/** A volume of a pod. */
public record PodVolume(String name, VolumeKind kind) {}
