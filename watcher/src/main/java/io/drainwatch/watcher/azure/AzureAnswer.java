package io.drainwatch.watcher.azure;

import java.util.Optional;
import java.util.function.Function;

/** What came of asking Azure. What goes wrong is a value too. */
public sealed interface AzureAnswer<T> {

  record Told<T>(T value) implements AzureAnswer<T> {}

  record NotTold<T>(Trouble trouble) implements AzureAnswer<T> {
    /** The same, where something else was asked for. */
    public <R> NotTold<R> instead() {
      return new NotTold<>(trouble);
    }
  }

  default Optional<T> found() {
    return this instanceof Told<T>(T value) ? Optional.of(value) : Optional.empty();
  }

  default Optional<Trouble> problem() {
    return this instanceof NotTold<T>(Trouble trouble) ? Optional.of(trouble) : Optional.empty();
  }

  default <R> AzureAnswer<R> then(Function<T, AzureAnswer<R>> next) {
    return switch (this) {
      case Told<T>(T value) -> next.apply(value);
      case NotTold<T> not -> not.instead();
    };
  }
}
