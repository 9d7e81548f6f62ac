package io.drainwatch.watcher.cli;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import picocli.CommandLine;

/** Makes the commands; one whose constructor asks for the caller gets it. */
record CommandFactory(Caller caller) implements CommandLine.IFactory {

  @Override
  public <K> K create(Class<K> type) throws Exception {
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      if (constructor.getParameterCount() == 1
          && constructor.getParameterTypes()[0].equals(Caller.class)) {
        try {
          return type.cast(constructor.newInstance(caller));
        } catch (InvocationTargetException e) {
          throw new IllegalStateException(type + " cannot be made", e.getCause());
        }
      }
    }
    return CommandLine.defaultFactory().create(type);
  }
}
