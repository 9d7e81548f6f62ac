package io.drainwatch.watcher;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.drainwatch.watcher.http.OpenDoor;
import io.drainwatch.watcher.http.ServerSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever comes first is waited for and not lost. */
@Timeout(60)
class DoorwayTest {
  private Doorway door;

  @BeforeEach
  void open() throws Exception {
    door = Doorway.at(new ServerSettings("127.0.0.1", 0));
  }

  @AfterEach
  void close() throws IOException {
    door.close();
  }

  private Socket come() throws IOException {
    return new Socket(door.address().getHost(), door.address().getPort());
  }

  /** As a server would. */
  private static Optional<String> read(OpenDoor open) {
    try (SocketChannel first = open.socket().accept()) {
      ByteBuffer said = ByteBuffer.allocate(2);
      while (said.hasRemaining() && first.read(said) >= 0) {}
      return Optional.of(new String(said.array(), US_ASCII));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  @Test
  void opensNothingUntilSomebodyComesAndThenHasWhatWasSaid() throws Exception {
    CompletableFuture<Optional<String>> said = new CompletableFuture<>();
    door.keep(open -> said.complete(read(open)));
    assertThat(said).isNotDone();
    try (Socket somebody = come()) {
      somebody.getOutputStream().write("hi".getBytes(US_ASCII));
      assertThat(said.get()).contains("hi");
    }
  }

  @Test
  void triesAgainWithTheNextWhenTheServerDoesNotStart() throws Exception {
    AtomicInteger tries = new AtomicInteger();
    door.keep(
        open -> {
          if (tries.incrementAndGet() == 1) {
            throw new IllegalStateException("no");
          }
        });
    try (Socket first = come()) {
      assertThat(first.getInputStream().read()).as("sent away").isEqualTo(-1);
    }
    // the next may still be sent away with the first
    List<Socket> others = new ArrayList<>();
    try {
      await()
          .until(
              () -> {
                others.add(come());
                return tries.get() >= 2;
              });
    } finally {
      for (Socket each : others) {
        each.close();
      }
    }
    assertThat(tries).hasValue(2);
  }

  @Test
  void letsTheNextInAfterALibraryThatCouldNotBeLoaded() throws Exception {
    CompletableFuture<Optional<String>> said = new CompletableFuture<>();
    AtomicInteger tries = new AtomicInteger();
    door.keep(
        open -> {
          if (tries.incrementAndGet() == 1) {
            throw new NoClassDefFoundError("io/netty/Replaced");
          }
          said.complete(read(open));
        });
    comesUntil(said::isDone);
    assertThat(said.get()).contains("hi");
  }

  @Test
  void listensAnewWhereAServerThatDidNotStartTookTheSocketAlong() throws Exception {
    CompletableFuture<Optional<String>> said = new CompletableFuture<>();
    AtomicInteger tries = new AtomicInteger();
    door.keep(
        open -> {
          if (tries.incrementAndGet() == 1) {
            close(open);
            throw new IllegalStateException("no");
          }
          said.complete(read(open));
        });
    comesUntil(said::isDone);
    assertThat(said.get()).contains("hi");
  }

  private static void close(OpenDoor open) {
    try {
      open.socket().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void comesUntil(BooleanSupplier enough) {
    await()
        .until(
            () -> {
              try (Socket somebody = come()) {
                somebody.getOutputStream().write("hi".getBytes(US_ASCII));
                somebody.setSoTimeout(500);
                somebody.getInputStream().read();
              } catch (IOException e) {
                // sent away, or not let in yet
              }
              return enough.getAsBoolean();
            });
  }

  @Test
  void opensNothingOnceItIsClosed() throws Exception {
    AtomicInteger tries = new AtomicInteger();
    door.keep(open -> tries.incrementAndGet());
    door.close();
    assertThatThrownBy(this::come).isInstanceOf(IOException.class);
    assertThat(tries).hasValue(0);
  }

  @Test
  void saysWhichPortIsTaken() {
    assertThatThrownBy(
            () -> Doorway.at(new ServerSettings("127.0.0.1", door.address().getPort())).close())
        .isInstanceOf(ServerStartException.class)
        .hasMessageContaining("port " + door.address().getPort());
  }
}
