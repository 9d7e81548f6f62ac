package io.drainwatch.watcher.record;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SealedLineTest {

  @Test
  void readsBackWhatItWrote() throws Exception {
    byte[] line = SealedLine.seal(Records.record(1).put("text", "é\n\u0000\"\\ 💡"));

    assertThat(line).containsOnlyOnce('\n').endsWith('\n');
    assertThat(SealedLine.unseal(withoutLineFeed(line)))
        .hasValueSatisfying(
            object -> assertThat(object.path("text").asText()).isEqualTo("é\n\u0000\"\\ 💡"));
  }

  @Test
  void writesHalfASurrogatePairAndReadsItBack() throws Exception {
    byte[] line = SealedLine.seal(Records.record(1).put("text", "broken \ud83d text"));

    assertThat(SealedLine.unseal(withoutLineFeed(line)))
        .hasValueSatisfying(
            object -> assertThat(object.path("text").asText()).isEqualTo("broken \ud83d text"));
  }

  @Test
  void noticesEverySingleBitThatChanged() throws Exception {
    byte[] line = withoutLineFeed(SealedLine.seal(Records.record(1)));

    for (int bit = 0; bit < line.length * 8; bit++) {
      byte[] changed = line.clone();
      changed[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThat(SealedLine.unseal(changed)).as("bit %d", bit).isEmpty();
    }
  }

  @Test
  void takesNothingShortOrUnsealedForWhole() {
    assertThat(SealedLine.unseal(new byte[0])).isEmpty();
    assertThat(SealedLine.unseal("{}".getBytes(US_ASCII))).isEmpty();
    assertThat(SealedLine.unseal("{\"v\":1,\"crc\":\"00000000\"}".getBytes(US_ASCII))).isEmpty();
  }

  private static byte[] withoutLineFeed(byte[] line) {
    return Arrays.copyOf(line, line.length - 1);
  }
}
