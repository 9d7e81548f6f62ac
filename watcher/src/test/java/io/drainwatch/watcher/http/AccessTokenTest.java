package io.drainwatch.watcher.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTokenTest {
  @TempDir Path directory;

  private String written() throws IOException {
    return Files.readString(directory.resolve(AccessToken.FILE)).strip();
  }

  @Test
  void isInItsFileForTheOwnerAlone() throws IOException {
    AccessToken token = AccessToken.fresh();
    token.write(directory);
    assertThat(written()).matches("[0-9a-f]{64}");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(directory.resolve(AccessToken.FILE))))
        .isEqualTo("rw-------");
    assertThat(token.isIn(Optional.of("Bearer " + written()))).isTrue();
    try (var files = Files.list(directory)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void takesThePlaceOfTheLastOneAndOfWhatACrashLeft() throws IOException {
    AccessToken.fresh().write(directory);
    String last = written();
    Files.writeString(directory.resolve("token.new"), "half");
    AccessToken token = AccessToken.fresh();
    token.write(directory);
    assertThat(written()).isNotEqualTo(last);
    assertThat(token.isIn(Optional.of("Bearer " + last))).isFalse();
  }

  @Test
  void followsNoLinkThatSomebodyPutThere() throws IOException {
    Path elsewhere = Files.writeString(directory.resolve("elsewhere"), "untouched");
    Files.createSymbolicLink(directory.resolve("token.new"), elsewhere);
    AccessToken.fresh().write(directory);
    assertThat(elsewhere).hasContent("untouched");
    assertThat(Files.isSymbolicLink(directory.resolve(AccessToken.FILE))).isFalse();
  }

  @Test
  void saysSoWhenItCannotBeWritten() {
    assertThatThrownBy(() -> AccessToken.fresh().write(directory.resolve("missing")))
        .isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "Bearer", "Bearer ", "Bearer wrong", "secret", "Basic secret", "Bearer secre"})
  void isInNothingElse(String authorization) {
    assertThat(new AccessToken("secret").isIn(Optional.of(authorization))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer secret", "bearer secret", "Bearer  secret "})
  void mindsNeitherCaseOfTheSchemeNorSpaces(String authorization) {
    assertThat(new AccessToken("secret").isIn(Optional.of(authorization))).isTrue();
  }

  @Test
  void isNotInARequestWithoutAuthorization() {
    assertThat(new AccessToken("secret").isIn(Optional.empty())).isFalse();
  }

  @Test
  void isNotInItsText() {
    assertThat(new AccessToken("secret").toString()).doesNotContain("secret");
  }
}
