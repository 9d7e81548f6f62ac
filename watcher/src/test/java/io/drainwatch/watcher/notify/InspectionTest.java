package io.drainwatch.watcher.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectionTest {
  @TempDir Path directory;

  private static Inspection of(Example example) {
    return Inspection.of(example.settings());
  }

  @Test
  void connectsAndSendsNothing() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Inspection found =
          of(Example.of(SinkKind.SLACK, "http://127.0.0.1:" + server.getLocalPort() + "/SECRET"));

      assertThat(found.faults()).isEmpty();
      assertThat(found.unreachable()).isEmpty();
      try (Socket came = server.accept()) {
        assertThat(came.getInputStream().read()).isEqualTo(-1);
      }
    }
  }

  @Test
  void saysThatNobodyListensAndShowsNoSecret() throws Exception {
    int port;
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = server.getLocalPort();
    }
    Inspection found = of(Example.of(SinkKind.SLACK, "http://127.0.0.1:" + port + "/SECRET"));

    assertThat(found.unreachable())
        .hasValueSatisfying(
            why -> assertThat(why).startsWith("127.0.0.1 port " + port).doesNotContain("SECRET"));
  }

  @Test
  void asksTheProxyWhereThereIsOne() throws Exception {
    try (ServerSocket proxy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(
              of(Example.of(SinkKind.SLACK, "https://nobody.invalid/x")
                      .proxy("http://127.0.0.1:" + proxy.getLocalPort()))
                  .unreachable())
          .isEmpty();
    }
  }

  @Test
  void namesEveryFileThatCannotBeUsed() throws Exception {
    Path empty = Files.writeString(directory.resolve("ca.pem"), "");
    Inspection found =
        of(
            Example.of(SinkKind.SLACK, "http://127.0.0.1:1/x")
                .header("X-Key", new Secret.InFile(directory.resolve("missing")))
                .trusting(empty));

    assertThat(found.faults())
        .hasSize(2)
        .anyMatch(fault -> fault.contains("missing cannot be read"))
        .anyMatch(fault -> fault.contains("ca.pem holds no certificate"));
  }
}
