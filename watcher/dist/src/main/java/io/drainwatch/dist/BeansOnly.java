package io.drainwatch.dist;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All of {@code java.desktop} but {@code java.beans} (Quartz sets its properties by it), 18 MB that
 * a daemon has no use for. What stays: the beans, what their classes name, what those extend; and
 * one file of each package, without which jlink does not take the module.
 */
final class BeansOnly {
  private static final Pattern BEANS = Pattern.compile("(java|com/sun)/beans/.*\\.class");

  private final Path module = Path.of(URI.create("jrt:/java.desktop"));
  private final Set<String> kept = new TreeSet<>();

  /** What jlink is to leave out, as a pattern of its option {@code --exclude-resources}. */
  static String exclusion() throws IOException {
    return new BeansOnly().pattern();
  }

  private String pattern() throws IOException {
    Map<Path, Path> firstOfPackage = new TreeMap<>();
    try (Stream<Path> files = Files.walk(module)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        Path path = module.relativize(file);
        if (path.getParent() == null) {
          kept.add(path.toString());
        } else {
          firstOfPackage.putIfAbsent(path.getParent(), path);
        }
        if (BEANS.matcher(path.toString()).matches()) {
          keepWithWhatItNames(path);
        }
      }
    }
    firstOfPackage.values().forEach(path -> kept.add(path.toString()));
    return "regex:/java\\.desktop/(?!(?:"
        + kept.stream().map(Pattern::quote).collect(Collectors.joining("|"))
        + ")$).*";
  }

  private void keepWithWhatItNames(Path bean) throws IOException {
    kept.add(bean.toString());
    Deque<String> named = new ArrayDeque<>();
    for (PoolEntry entry : ClassFile.of().parse(module.resolve(bean)).constantPool()) {
      if (entry instanceof ClassEntry type) {
        named.add(type.asInternalName());
      }
    }
    while (!named.isEmpty()) {
      String path = named.remove() + ".class";
      if (Files.exists(module.resolve(path)) && kept.add(path)) {
        ClassModel type = ClassFile.of().parse(module.resolve(path));
        type.superclass().ifPresent(parent -> named.add(parent.asInternalName()));
        type.interfaces().forEach(parent -> named.add(parent.asInternalName()));
      }
    }
  }
}
