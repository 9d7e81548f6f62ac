package io.drainwatch.drainer.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A Lease on a server that heeds versions. Can be told to be down. */
final class LeaseDouble {
  private static final String PATH = "/apis/coordination.k8s.io/v1/namespaces/ops/leases";

  private @Nullable ObjectNode lease;
  private int version;
  private boolean isDown;

  LeaseDouble(ApiDouble api) {
    api.when(request -> request.path().startsWith(PATH), this::serve);
  }

  synchronized void isDown(boolean down) {
    isDown = down;
  }

  synchronized String holder() {
    return lease == null ? "" : lease.path("spec").path("holderIdentity").asText();
  }

  synchronized int transitions() {
    return lease == null ? -1 : lease.path("spec").path("leaseTransitions").asInt();
  }

  synchronized void isWrittenBy(String other) {
    if (lease != null) {
      ((ObjectNode) lease.path("spec"))
          .put("holderIdentity", other)
          .put("renewTime", "r" + version);
      store(lease);
    }
  }

  private synchronized void serve(Socket socket) throws IOException {
    ApiDouble.Request request = ApiDouble.current();
    if (isDown) {
      ApiDouble.json(503, Fixture.status(503, "X", "down")).to(socket);
    } else if (request.method().equals("GET")) {
      answer(lease == null ? 404 : 200).to(socket);
    } else {
      ObjectNode sent = (ObjectNode) read(request.body());
      String sentVersion = sent.path("metadata").path("resourceVersion").asText("");
      boolean isNew = request.method().equals("POST");
      if (isNew ? lease != null : lease == null || !sentVersion.equals(Integer.toString(version))) {
        ApiDouble.json(409, Fixture.status(409, "Conflict", "modified")).to(socket);
        return;
      }
      store(sent);
      answer(isNew ? 201 : 200).to(socket);
    }
  }

  private void store(ObjectNode sent) {
    version++;
    ((ObjectNode) sent.path("metadata")).put("resourceVersion", Integer.toString(version));
    lease = sent;
  }

  private ApiDouble.Answer answer(int status) {
    return lease == null
        ? ApiDouble.json(404, Fixture.absent("leases", "drainwatch-drainer"))
        : ApiDouble.json(status, ApiJson.text(lease));
  }

  private static JsonNode read(String body) {
    return ApiJson.read(body.getBytes(StandardCharsets.UTF_8)).orElseThrow();
  }
}
