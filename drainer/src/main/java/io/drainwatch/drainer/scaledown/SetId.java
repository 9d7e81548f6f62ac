package io.drainwatch.drainer.scaledown;

/** A StatefulSet. Its name alone is no identity: it may be deleted and made anew. */
public record SetId(String namespace, String name, String uid) {
  public SetId {
    if (namespace.isBlank() || name.isBlank() || uid.isBlank()) {
      throw new IllegalArgumentException("a set has a namespace, a name and a uid: '" + name + "'");
    }
  }

  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
