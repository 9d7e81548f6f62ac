package io.drainwatch.dist;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Jars written anew, without compression of their own: what they are shipped in is compressed as a
 * whole, which makes that a quarter smaller.
 *
 * <p>Classes in formats older than Java 6 are not taken into an ahead-of-time cache, nor is what
 * extends them: all of the command line, with picocli's. They get the format of Java 8; their code
 * stays as it is, with the stack maps that this format asks for.
 */
public final class StoredJars implements AutoCloseable {
  private static final int OLD = ClassFile.JAVA_6_VERSION;

  /** No time zone comes into it. */
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

  private final URLClassLoader loader;
  private final ClassFile classFiles;

  /**
   * @param all jars: stack maps name common parents
   */
  public StoredJars(Collection<Path> all) throws IOException {
    List<URL> locations = new ArrayList<>();
    for (Path jar : all) {
      locations.add(jar.toUri().toURL());
    }
    loader =
        new URLClassLoader(locations.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    classFiles =
        ClassFile.of(
            StackMapsOption.GENERATE_STACK_MAPS,
            ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(loader)));
  }

  @Override
  public void close() throws IOException {
    loader.close();
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Part(ZipEntry entry, byte[] content) {}

  public void write(Path from, Path to) throws IOException {
    List<Part> parts = new ArrayList<>();
    Set<String> names = new HashSet<>();
    try (InputStream file = Files.newInputStream(from);
        ZipInputStream in = new ZipInputStream(file)) {
      for (ZipEntry each = in.getNextEntry(); each != null; each = in.getNextEntry()) {
        if (names.add(each.getName())) {
          parts.add(new Part(each, in.readAllBytes()));
        }
      }
    }
    // what is signed must stay as it is
    boolean isSigned = names.stream().anyMatch(name -> name.matches("META-INF/[^/]*\\.SF"));
    try (OutputStream file = Files.newOutputStream(to);
        ZipOutputStream out = new ZipOutputStream(file)) {
      out.setMethod(ZipOutputStream.STORED);
      for (Part each : parts) {
        store(out, each.entry().getName(), isSigned ? each.content() : renewed(each));
      }
    }
  }

  private byte[] renewed(Part part) {
    byte[] content = part.content();
    if (!part.entry().getName().endsWith(".class") || content.length < 8 || content[7] >= OLD) {
      return content;
    }
    return classFiles.transformClass(
        classFiles.parse(content),
        ClassTransform.transformingMethodBodies((code, element) -> code.with(element))
            .andThen(
                (type, element) -> {
                  if (element instanceof ClassFileVersion) {
                    type.withVersion(ClassFile.JAVA_8_VERSION, 0);
                  } else {
                    type.with(element);
                  }
                }));
  }

  private static void store(ZipOutputStream out, String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(TIME);
    entry.setSize(content.length);
    CRC32 sum = new CRC32();
    sum.update(content);
    entry.setCrc(sum.getValue());
    out.putNextEntry(entry);
    out.write(content);
  }
}
