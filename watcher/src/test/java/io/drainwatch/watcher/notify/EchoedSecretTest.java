package io.drainwatch.watcher.notify;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A receiver that answers with parts of what it was sent. */
class EchoedSecretTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "unknown token s3cr3t",
        "UNKNOWN TOKEN S3CR3T",
        "sig xyz invalid, code abc",
        "sig p q/r invalid",
        "sig p%20q%2Fr invalid",
        "{\"path\":\"\\/services\\/T0AAAAA\\/B0BBBBB\"}",
        "no such hook: T0AAAAA",
        "{\"url\":\"https:\\/\\/hooks.example.com\\/services\\/T0AAAAA\\/B0BBBBB\"}",
      })
  void noPartOfASecretIsShownWhereItIsEchoed(String answer) throws Exception {
    Letter letter =
        new LetterWriting(
                Example.of(
                        SinkKind.SLACK,
                        "https://hooks.example.com/services/T0AAAAA/B0BBBBB"
                            + "?code=abc&sig=xyz&other=p%20q%2Fr")
                    .header("Authorization", new Secret.Given("Bearer s3cr3t"))
                    .settings())
            .of(Example.notice(1));

    assertThat(letter.withoutSecrets(answer))
        .doesNotContainIgnoringCase(
            "s3cr3t", "abc", "xyz", "T0AAAAA", "B0BBBBB", "p q/r", "p%20q%2Fr")
        .contains("(not shown)");
  }
}
