package io.drainwatch.drainer.scripts;

import java.io.IOException;
import java.io.OutputStream;

/** What a script reads: some bytes and then the end, or {@code /dev/null}. */
public final class StandardInput {

  private static final StandardInput NOTHING = new StandardInput(new byte[0], true);

  private final byte[] bytes;
  private final boolean nothing;

  private StandardInput(byte[] bytes, boolean nothing) {
    this.bytes = bytes;
    this.nothing = nothing;
  }

  public static StandardInput of(byte[] bytes) {
    return new StandardInput(bytes.clone(), false);
  }

  /** {@code /dev/null}, as BOSH and SlipStream scripts get it. */
  public static StandardInput nothing() {
    return NOTHING;
  }

  boolean isNothing() {
    return nothing;
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(bytes);
  }
}
