package io.drainwatch.watcher.daemon;

import static java.lang.constant.ConstantDescs.CD_String;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * A Java agent, of the tests alone: right before or right after the n-th side effect the process
 * that it is in dies. Side effects are calls of the methods below; each is written down first, so
 * that the test knows where it was.
 */
public final class DyingProcess {
  /** How it dies. */
  enum Way {
    KILL_9,
    OUT_OF_MEMORY,
    SIGTERM,
    NOT_AT_ALL
  }

  /** By class: what it does to the world outside. */
  private static final Map<String, String> EFFECTS =
      Map.of(
          "io/drainwatch/watcher/record/Journal", "append",
          "io/drainwatch/watcher/record/History", "add",
          "io/drainwatch/drainer/scripts/ContextFile", "write",
          "io/drainwatch/drainer/scripts/ScriptRunner", "start",
          "io/drainwatch/watcher/events/MetadataClient", "acknowledge");

  private static Path points = Path.of("/dev/null");
  private static int last = -1;
  private static Way way = Way.NOT_AT_ALL;
  private static int passed;

  private DyingProcess() {}

  /** Options for the JVM. */
  static List<String> options(Path directory, int point, Way way) throws IOException {
    Path jar = directory.resolve("agent-" + point + "-" + way + ".jar");
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Premain-Class", DyingProcess.class.getName());
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream written = new JarOutputStream(out, manifest)) {
      written.finish();
    }
    return List.of(
        "-javaagent:" + jar + "=" + point + "," + way + "," + pointsFile(directory),
        "-XX:+ExitOnOutOfMemoryError");
  }

  /** The side effects that it came to, one in a line. */
  static List<String> points(Path directory) throws IOException {
    Path file = pointsFile(directory);
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  private static Path pointsFile(Path directory) {
    return directory.resolve("points");
  }

  /** What the JVM calls before {@code main}. */
  public static void premain(String argument, Instrumentation instrumentation) {
    String[] arguments = argument.split(",", 3);
    last = Integer.parseInt(arguments[0]);
    way = Way.valueOf(arguments[1]);
    points = Path.of(arguments[2]);
    instrumentation.addTransformer(
        new ClassFileTransformer() {
          @Override
          public byte[] transform(
              ClassLoader loader, String name, Class<?> old, ProtectionDomain domain, byte[] code) {
            return EFFECTS.containsKey(name) ? watched(name, code) : code;
          }
        });
  }

  private static byte[] watched(String type, byte[] code) {
    String method = EFFECTS.get(type);
    String name = type.substring(type.lastIndexOf('/') + 1) + "." + method;
    try {
      return ClassFile.of()
          .transformClass(
              ClassFile.of().parse(code),
              ClassTransform.transformingMethodBodies(
                  each ->
                      each.methodName().equalsString(method) && each.flags().has(AccessFlag.PUBLIC),
                  new Around(name)));
    } catch (RuntimeException e) {
      e.printStackTrace(); // the JVM would go on without a word
      throw e;
    }
  }

  private record Around(String name) implements CodeTransform {
    @Override
    public void atStart(CodeBuilder builder) {
      call(builder, "before ");
    }

    @Override
    public void accept(CodeBuilder builder, CodeElement element) {
      if (element instanceof ReturnInstruction) {
        call(builder, "after ");
      }
      builder.with(element);
    }

    private void call(CodeBuilder builder, String when) {
      builder.loadConstant(when + name);
      builder.invokestatic(
          ClassDesc.of(DyingProcess.class.getName()),
          "passes",
          MethodTypeDesc.of(CD_void, CD_String));
    }
  }

  /** Called by what was watched. */
  public static void passes(String point) {
    synchronized (EFFECTS) {
      try {
        Files.writeString(points, point + "\n", CREATE, APPEND);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      if (passed++ == last) {
        die();
      }
    }
  }

  private static void die() {
    switch (way) {
      case KILL_9 -> {
        signal(9);
        LockSupport.park();
      }
      case SIGTERM -> signal(15);
      case OUT_OF_MEMORY -> {
        List<byte[]> taken = new ArrayList<>();
        while (taken.size() < Integer.MAX_VALUE) {
          taken.add(new byte[1 << 20]);
        }
      }
      case NOT_AT_ALL -> {}
    }
  }

  private static void signal(int number) {
    try {
      Linker linker = Linker.nativeLinker();
      int failed =
          (int)
              linker
                  .downcallHandle(
                      linker.defaultLookup().find("kill").orElseThrow(),
                      FunctionDescriptor.of(
                          ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT))
                  .invokeExact((int) ProcessHandle.current().pid(), number);
      if (failed != 0) {
        throw new IllegalStateException("no signal can be sent");
      }
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
