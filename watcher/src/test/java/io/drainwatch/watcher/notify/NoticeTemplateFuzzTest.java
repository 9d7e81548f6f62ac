package io.drainwatch.watcher.notify;

import static io.drainwatch.drainer.fuzz.Fuzz.throwAt;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** L10: templates that people write. */
class NoticeTemplateFuzzTest {
  @Test
  @DisplayName("L10 a template is fit, or its fault can be said")
  void isFitOrItsFaultIsSaid() {
    throwAt(
        100, // each is tried with hundreds of examples
        List.of(
            "{\"text\": \"{{machine}}: {{text}}\"{{#cause}}, \"cause\": \"{{cause}}\"{{/cause}}}",
            "{{{machine}}} {{&text}} {{! a comment }} {{^cause}}no cause{{/cause}}"),
        bytes -> {
          String text = new String(bytes, UTF_8);
          for (String type : List.of("application/json", "text/plain")) {
            NoticeTemplate.fault(text, type).ifPresent(fault -> assertThat(fault).isNotBlank());
          }
        });
  }
}
