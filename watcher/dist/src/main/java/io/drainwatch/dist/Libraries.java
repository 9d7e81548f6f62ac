package io.drainwatch.dist;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which jars are where, and in which order: the ahead-of-time cache is for this order, and may be
 * used with more jars behind those that it was trained with.
 *
 * @param daemon what a daemon on a plain VM has
 * @param kubernetes what only Kubernetes needs; last on the class path, where it costs nothing
 * @param azure never on the class path: the Azure commands open them
 */
public record Libraries(List<Path> daemon, List<Path> kubernetes, List<Path> azure) {

  static Libraries of(List<Path> classPath, List<Path> azure) {
    List<Path> jars = classPath.stream().sorted(Comparator.comparing(Libraries::name)).toList();
    List<Path> daemon = jars.stream().filter(jar -> !isForKubernetes(jar)).toList();
    List<Path> kubernetes = jars.stream().filter(Libraries::isForKubernetes).toList();
    return new Libraries(daemon, kubernetes, azure);
  }

  private static boolean isForKubernetes(Path jar) {
    return name(jar).startsWith("kubernetes-") || name(jar).startsWith("snakeyaml-engine-");
  }

  private static String name(Path jar) {
    return jar.getFileName().toString();
  }

  /** The whole class path, as the launcher reads it: {@code $lib} is the directory of the jars. */
  String forTheLauncher() {
    return forTheLauncher(Stream.concat(daemon.stream(), kubernetes.stream()).toList());
  }

  /** The same for jars in an order of the caller's. */
  public static String forTheLauncher(List<Path> jars) {
    return jars.stream()
        .map(jar -> "$lib/" + name(jar))
        .collect(Collectors.joining(":", "# read by the launcher\nclasspath=", "\n"));
  }
}
