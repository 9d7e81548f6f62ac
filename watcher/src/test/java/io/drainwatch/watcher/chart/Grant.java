package io.drainwatch.watcher.chart;

/**
 * The smallest part of a role: one verb on one resource.
 *
 * @param role where it stands
 * @param namespace empty: everywhere
 * @param name of the one object it is for; empty: any
 */
public record Grant(
    String role, String namespace, String group, String resource, String verb, String name) {

  public boolean allows(Access access) {
    return (namespace.isEmpty() || namespace.equals(access.namespace()))
        && group.equals(access.group())
        && resource.equals(access.resource())
        && verb.equals(access.verb())
        && (name.isEmpty() || name.equals(access.name()));
  }

  @Override
  public String toString() {
    String where = namespace.isEmpty() ? "" : " in " + namespace;
    return (role + ": " + verb + " " + group + "/" + resource + where + " " + name).strip();
  }
}
