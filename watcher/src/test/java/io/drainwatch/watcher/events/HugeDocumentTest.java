package io.drainwatch.watcher.events;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.watcher.events.PollResult.Failed;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents of whoever answers in the metadata service's place and means harm. */
@Timeout(60)
class HugeDocumentTest {
  private static final long HUNDRED_MEGABYTES = 100_000_000;

  /** What is in buffers of sockets beside the mebibyte that is read. */
  private static final long MOST_SENT = 20_000_000;

  private static final String EVENT =
      "{\"EventId\":\"A\",\"EventStatus\":\"Scheduled\",\"EventType\":\"Reboot\","
          + "\"ResourceType\":\"VirtualMachine\",\"Resources\":[\"vm_0\"],\"NotBefore\":\"\"";

  @Test
  @DisplayName("a document of 100 MB is not read on after its first mebibyte")
  void readsNoHundredMegabytes() throws Exception {
    try (ServerSocket listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Long> sent = new CompletableFuture<>();
      Thread.ofVirtual().start(() -> sent.complete(send(listening)));
      URI base = URI.create("http://127.0.0.1:" + listening.getLocalPort());
      AtomicLong ticks = new AtomicLong();
      try (MetadataClient client =
          new MetadataClient(
              MetadataServer.settings(base, Duration.ofSeconds(20), Duration.ofSeconds(20)),
              InstantSource.fixed(Instant.parse("2026-11-22T10:00:00Z")),
              () -> ticks.addAndGet(1_000_000))) {
        assertThat(client.poll().result())
            .isInstanceOfSatisfying(
                Failed.class,
                failed -> assertThat(failed.kind()).isEqualTo(ErrorKind.NOT_A_DOCUMENT));
      }
      assertThat(sent.get(30, TimeUnit.SECONDS)).isLessThan(MOST_SENT);
    }
  }

  /** As much as is taken. */
  private static long send(ServerSocket listening) {
    long sent = 0;
    try (Socket socket = listening.accept()) {
      OutputStream out = socket.getOutputStream();
      out.write(
          ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                  + HUNDRED_MEGABYTES
                  + "\r\n\r\n{\"Events\":[")
              .getBytes(US_ASCII));
      byte[] blanks = " ".repeat(64 * 1_024).getBytes(US_ASCII);
      while (sent < HUNDRED_MEGABYTES) {
        out.write(blanks);
        sent += blanks.length;
      }
    } catch (IOException e) {
      // it has hung up
    }
    return sent;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e999999999",
        "-1e999999999",
        "1e-999999999",
        "9223372036854775808",
        "-9223372036854775809",
        "123456789012345678901234567890123456789012345678901234567890",
        "0.1e1000000000",
      })
  @DisplayName("a number out of range spoils neither the document nor the time")
  void takesNoHarmFromNumbersOutOfRange(String number) {
    String body =
        "{\"DocumentIncarnation\":%s,\"Events\":[%s,\"DurationInSeconds\":%s}]}"
            .formatted(number, EVENT, number);

    assertThat(new DocumentReader().read(body.getBytes(US_ASCII), Instant.EPOCH)).isNotNull();
  }
}
