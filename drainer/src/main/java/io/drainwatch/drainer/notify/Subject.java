package io.drainwatch.drainer.notify;

import java.util.Optional;

/**
 * Which machine a notice is about.
 *
 * @param vm resource name of the VM
 * @param node of a cluster; empty on a plain VM
 * @param pool the Node's; empty where there is none or it is not known
 * @param dryRun nothing is really done
 */
public record Subject(String vm, Optional<String> node, Optional<String> pool, boolean dryRun) {

  public Subject {
    vm = OneLine.of(vm, OneLine.NAME);
    node = node.map(name -> OneLine.of(name, OneLine.NAME));
    pool = pool.map(name -> OneLine.of(name, OneLine.NAME));
  }

  public static Subject plainVm(String vm, boolean dryRun) {
    return new Subject(vm, Optional.empty(), Optional.empty(), dryRun);
  }

  /** What people call it. */
  public String name() {
    return node.orElse(vm);
  }
}
