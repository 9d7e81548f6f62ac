package io.drainwatch.watcher.daemon;

import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.INIT_NAME;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.function.Consumer;

/**
 * A system whose clock a test can step: loads Quartz and the shell anew, and lets them ask {@link
 * Clock} wherever they ask the system. Quartz reads the system's clock and takes no other, so this
 * is how a step of the machine's clock can be had without being allowed to set it.
 */
final class SteppableSystem extends ClassLoader {

  /** What the system's clock says in there. The same class for both sides. */
  public static final class Clock {
    private static volatile Duration offset = Duration.ZERO;

    private Clock() {}

    /** Sets the machine's clock. */
    public static void step(Duration by) {
      offset = offset.plus(by);
    }

    static void reset() {
      offset = Duration.ZERO;
    }

    public static Instant now() {
      return Instant.now().plus(offset);
    }

    public static long millis() {
      return now().toEpochMilli();
    }

    public static InstantSource source() {
      return Clock::now;
    }
  }

  private static final ClassDesc CLOCK = Clock.class.describeConstable().orElseThrow();
  private static final ClassDesc INSTANT_SOURCE =
      InstantSource.class.describeConstable().orElseThrow();
  private static final ClassDesc DATE = Date.class.describeConstable().orElseThrow();
  private static final MethodTypeDesc MILLIS = MethodTypeDesc.of(CD_long);

  SteppableSystem() {
    super(SteppableSystem.class.getClassLoader());
  }

  /** A scenario that is played in there; its class is loaded anew as well. */
  interface Scenario extends Consumer<Path> {}

  void play(Class<? extends Scenario> scenario, Path directory) throws Exception {
    Clock.reset();
    var constructor = loadClass(scenario.getName()).getDeclaredConstructor();
    constructor.setAccessible(true);
    @SuppressWarnings("unchecked") // its own Scenario is not ours, but Consumer is everybody's
    Consumer<Path> inThere = (Consumer<Path>) constructor.newInstance();
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(this); // Quartz loads by it
    try {
      inThere.accept(directory);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      if (!isOurs(name)) {
        return super.loadClass(name, resolve);
      }
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? define(name) : loaded;
    }
  }

  private static boolean isOurs(String name) {
    return (name.startsWith("org.quartz.") || name.startsWith("io.drainwatch.watcher.daemon."))
        && !name.equals(Clock.class.getName());
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    try (InputStream file = getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (file == null) {
        throw new ClassNotFoundException(name);
      }
      ClassFile classes = ClassFile.of();
      byte[] changed =
          classes.transformClass(
              classes.parse(file.readAllBytes()),
              ClassTransform.transformingMethodBodies(SteppableSystem::askTheClock));
      return defineClass(name, changed, 0, changed.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  private static void askTheClock(CodeBuilder code, CodeElement element) {
    String call =
        element instanceof InvokeInstruction invoke
            ? invoke.owner().asInternalName() + "." + invoke.name() + invoke.type()
            : "";
    switch (call) {
      case "java/lang/System.currentTimeMillis()J" -> code.invokestatic(CLOCK, "millis", MILLIS);
      case "java/time/InstantSource.system()Ljava/time/InstantSource;" ->
          code.invokestatic(CLOCK, "source", MethodTypeDesc.of(INSTANT_SOURCE));
      case "java/util/Date.<init>()V" ->
          code.invokestatic(CLOCK, "millis", MILLIS)
              .invokespecial(DATE, INIT_NAME, MethodTypeDesc.of(CD_void, CD_long));
      default -> code.with(element);
    }
  }
}
