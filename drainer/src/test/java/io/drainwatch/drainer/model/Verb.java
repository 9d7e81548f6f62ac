package io.drainwatch.drainer.model;

import java.util.List;

/** What is asked of the API server. */
public enum Verb {
  LIST_PODS("list pods"),
  WATCH("watch"),
  GET_NODE("get node"),
  LIST_NODES("list nodes"),
  PATCH_NODE("patch node"),
  PATCH_STATUS("patch status"),
  EVICT("evict"),
  DELETE_POD("delete pod"),
  POST_EVENT("post event"),
  LEASE("lease"),
  DISCOVERY("discovery"),
  OTHER("other");

  private final String text;

  Verb(String text) {
    this.text = text;
  }

  /** Those of the fault matrix (reliability.md, L2). */
  public static List<Verb> ofTheFaultMatrix() {
    return List.of(
        LIST_PODS, WATCH, GET_NODE, PATCH_NODE, PATCH_STATUS, EVICT, DELETE_POD, POST_EVENT);
  }

  @Override
  public String toString() {
    return text;
  }
}
