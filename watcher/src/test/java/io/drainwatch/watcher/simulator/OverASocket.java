package io.drainwatch.watcher.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;

/** A simulator on a real socket, with its time turned by hand. */
abstract class OverASocket {

  static final Instant START = Instant.parse("2026-06-01T08:00:00Z");
  static final String EVENTS_PATH = "/metadata/scheduledevents";
  private static final String NUMBERED = "A0000000-1111-4222-8333-44444444440%d";

  final TurnedTime time = new TurnedTime(START);
  private final AtomicInteger ids = new AtomicInteger();
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
  }

  Simulator simulator(SimulatorSettings settings) throws IOException {
    Simulator simulator =
        Simulator.start(settings, time, time, () -> NUMBERED.formatted(ids.incrementAndGet()));
    open.add(simulator);
    return simulator;
  }

  Simulator simulator() throws IOException {
    return simulator(SimulatorSettings.forVm("vm1"));
  }

  Client client(Simulator simulator) {
    return client(simulator.baseUrl());
  }

  Client client(String baseUrl) {
    Client client = new Client(baseUrl);
    open.add(client);
    return client;
  }

  static JsonNode fixture(String name) throws IOException {
    try (InputStream file = OverASocket.class.getResourceAsStream("/simulator/" + name)) {
      return new ObjectMapper().readTree(new String(file.readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}
