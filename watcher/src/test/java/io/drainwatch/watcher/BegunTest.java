package io.drainwatch.watcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class BegunTest {
  private final List<String> closed = new ArrayList<>();
  private final Begun begun = new Begun();

  private AutoCloseable part(String name) {
    return () -> closed.add(name);
  }

  @Test
  void stopsTheLastFirstAndEachOnce() {
    begun.add(part("daemon"));
    begun.add(part("server"));
    begun.close();
    begun.close();
    assertThat(closed).containsExactly("server", "daemon");
    assertThat(begun.isEmpty()).isTrue();
  }

  @Test
  void stopsAtOnceWhatIsBegunAfterTheStopAndTheStartWithIt() {
    begun.close();
    assertThatThrownBy(() -> begun.add(part("late"))).isInstanceOf(CancellationException.class);
    assertThat(closed).containsExactly("late");
  }

  @Test
  void stopsTheOthersAlthoughOneFails() {
    begun.add(part("first"));
    begun.add(
        () -> {
          throw new IllegalStateException("stuck");
        });
    begun.close();
    assertThat(closed).containsExactly("first");
  }
}
