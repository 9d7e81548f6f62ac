package io.drainwatch.watcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.drainwatch.watcher.http.Neighbourhood;
import io.drainwatch.watcher.record.StateDirectoryException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrainwatchApplicationTest {
  @TempDir Path directory;

  private Neighbourhood neighbourhood;

  @BeforeEach
  void open() {
    neighbourhood = new Neighbourhood(directory);
  }

  @AfterEach
  void close() {
    neighbourhood.close();
  }

  @Test
  void saysThatThePortIsTakenBeforeAnythingHasBegun() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      assertThatThrownBy(() -> neighbourhood.start(taken.getLocalPort()))
          .isInstanceOf(ServerStartException.class)
          .hasMessageContaining("127.0.0.1 port " + taken.getLocalPort())
          .hasMessageContaining("micronaut.server.port");
    }
    assertThat(neighbourhood.stateDirectory()).doesNotExist();
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void startsAgainOnTheSamePortAndDirectoryOnceItIsClosed() throws Exception {
    DrainwatchApplication first = neighbourhood.start(0);
    int port = first.address().getPort();
    String token = neighbourhood.token();
    first.close();
    await().until(() -> isFree(port)); // the server closes its sockets in the background
    try (DrainwatchApplication second = neighbourhood.start(port)) {
      assertThat(second.address().getPort()).isEqualTo(port);
      assertThat(neighbourhood.token()).isNotEqualTo(token);
    }
  }

  @Test
  void refusesAStateDirectoryThatAnotherDaemonHas() throws Exception {
    try (DrainwatchApplication first = neighbourhood.start(0)) {
      assertThatThrownBy(() -> neighbourhood.start(0)).isInstanceOf(StateDirectoryException.class);
      assertThat(first.daemon().sinceLastBeat()).isLessThan(Duration.ofSeconds(30));
    }
  }

  @Test
  void watchesWithoutATokenWhenItCannotBeWritten() throws Exception {
    Files.createDirectories(neighbourhood.stateDirectory());
    Files.setPosixFilePermissions(
        neighbourhood.stateDirectory(), PosixFilePermissions.fromString("rwx------"));
    Files.createDirectories(neighbourhood.stateDirectory().resolve("token/in-the-way"));
    neighbourhood.start();
    assertThat(neighbourhood.get("/health/liveness").statusCode()).isEqualTo(200);
  }
}
