package io.drainwatch.watcher.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drainwatch.drainer.maintenance.GroupMember;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupRequestTest {

  private static List<ErrorBody.Fault> faults(String body) {
    List<ErrorBody.Fault> faults = new ArrayList<>();
    assertThatThrownBy(() -> GroupRequest.read(body))
        .isInstanceOfSatisfying(
            RequestRefused.class,
            refused -> {
              assertThat(refused.status().getCode()).isEqualTo(400);
              faults.addAll(refused.body().faults());
            });
    return faults;
  }

  private static String many(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "{\"vmName\":\"pool_%d\",\"id\":\"i\",\"up\":true}".formatted(i))
        .collect(Collectors.joining(",", "[", "]"));
  }

  @Test
  void readsMembers() {
    GroupRequest read =
        GroupRequest.read(
            """
            [{"vmName":"pool_0","id":"a-1","boot":"2026-11-21T10:00:00Z","up":true},
             {"up":false,"id":"a-2","vmName":"Pool_1"}]
            """);

    assertThat(read.members())
        .containsExactly(
            new GroupMember("pool_0", "a-1", "2026-11-21T10:00:00Z", true),
            new GroupMember("Pool_1", "a-2", "", false));
    assertThat(read.names("POOL_1")).isTrue();
    assertThat(read.names("pool_2")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "{}",
        "[]",
        "\"pool_0\"",
        "[1]",
        "[null]",
        "[[]]",
        "[{}]",
        "[{\"vmName\":\"a\",\"id\":\"i\"}]",
        "[{\"vmName\":\"a\",\"up\":true}]",
        "[{\"id\":\"i\",\"up\":true}]",
        "[{\"vmName\":\"a\",\"id\":\"i\",\"up\":\"true\"}]",
        "[{\"vmName\":\"a\",\"id\":\"i\",\"up\":1}]",
        "[{\"vmName\":\"\",\"id\":\"i\",\"up\":true}]",
        "[{\"vmName\":\"a b\",\"id\":\"i\",\"up\":true}]",
        "[{\"vmName\":\"-a\",\"id\":\"i\",\"up\":true}]",
        "[{\"vmName\":\"../a\",\"id\":\"i\",\"up\":true}]",
        "[{\"vmName\":\"a\\n\",\"id\":\"i\",\"up\":true}]",
        "[{\"vmName\":7,\"id\":\"i\",\"up\":true}]",
        "[{\"vmName\":\"a\",\"id\":\"\",\"up\":true}]",
        "[{\"vmName\":\"a\",\"id\":7,\"up\":true}]",
        "[{\"vmName\":\"a\",\"id\":\"i\",\"boot\":\"\",\"up\":true}]",
        "[{\"vmName\":\"a\",\"id\":\"i\",\"boot\":null,\"up\":true}]",
        "[{\"vmName\":\"a\",\"id\":\"i\",\"up\":true,\"zone\":\"1\"}]",
        "[{\"vmName\":\"a\",\"id\":\"i\",\"up\":true},{\"vmName\":\"A\",\"id\":\"j\",\"up\":true}]",
        "[{\"vmName\":\"a\",\"id\":\"i\",\"up\":true}] []",
        "[{\"vmName\":\"a\",\"id\":\"i\",\"up\":true}"
      })
  void refusesWhatIsNoGroup(String body) {
    assertThat(faults(body)).isNotEmpty();
  }

  @Test
  void refusesWhatIsTooLong() {
    String one = "[{\"vmName\":\"%s\",\"id\":\"%s\",\"up\":true}]";
    assertThat(faults(one.formatted("a".repeat(81), "i"))).hasSize(1);
    assertThat(faults(one.formatted("a", "i".repeat(129)))).hasSize(1);
    assertThat(faults(many(GroupRequest.MOST + 1))).hasSize(1);
    assertThat(GroupRequest.read(many(GroupRequest.MOST)).members()).hasSize(GroupRequest.MOST);
  }

  @Test
  void tellsAFewFaultsOfMany() {
    assertThat(faults("[" + "1,".repeat(400) + "1]")).hasSize(20);
  }
}
