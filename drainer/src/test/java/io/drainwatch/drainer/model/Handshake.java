package io.drainwatch.drainer.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A TLS handshake that fails: the client's hello is read and answered by a fatal alert. */
final class Handshake {
  private static final int RECORD_OF_HANDSHAKE = 0x16;
  private static final byte[] FATAL_HANDSHAKE_FAILURE = {0x15, 3, 3, 0, 2, 2, 40};

  private Handshake() {}

  /** Looks at the first byte and leaves it there. */
  static boolean isTls(InputStream in) throws IOException {
    in.mark(1);
    int first = in.read();
    in.reset();
    return first == RECORD_OF_HANDSHAKE;
  }

  static void refuse(InputStream in, OutputStream out) throws IOException {
    byte[] head = in.readNBytes(5);
    in.readNBytes((head[3] & 0xff) << 8 | head[4] & 0xff);
    out.write(FATAL_HANDSHAKE_FAILURE);
    out.flush();
  }
}
