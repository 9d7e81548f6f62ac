package io.drainwatch.watcher.http;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an operator's command must show: whoever can read the file in the state directory may drain
 * this machine. New with every start, so that one that leaked does not last.
 */
public final class AccessToken {
  private static final Logger LOG = LoggerFactory.getLogger(AccessToken.class);

  /** In the state directory. */
  public static final String FILE = "token";

  private static final int BYTES = 32;
  private static final String SCHEME = "Bearer ";

  private final String token;
  private final byte[] digest;

  AccessToken(String token) {
    this.token = token;
    this.digest = digest(token);
  }

  static AccessToken fresh() {
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    return new AccessToken(HexFormat.of().formatHex(random));
  }

  /**
   * A new one, written where operators' commands look for it. A full disk keeps them out, and
   * nothing else: the watch goes on.
   */
  public static AccessToken writtenInto(Path stateDirectory) {
    AccessToken token = fresh();
    try {
      token.write(stateDirectory);
    } catch (IOException e) {
      LOG.error(
          "the token cannot be written into {}: no command is taken over HTTP until the next"
              + " start: {}",
          stateDirectory,
          e.toString());
    }
    return token;
  }

  /** For the owner alone from its first byte on, and in its place only when it is whole. */
  void write(Path directory) throws IOException {
    Path fresh = directory.resolve(FILE + ".new");
    Files.deleteIfExists(fresh);
    try (FileChannel file =
        FileChannel.open(
            fresh,
            EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      file.write(StandardCharsets.US_ASCII.encode(token + "\n"));
    }
    Files.move(
        fresh,
        directory.resolve(FILE),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** Takes the same time whatever was sent: digests of equal length are compared. */
  boolean isIn(Optional<String> authorization) {
    String shown =
        authorization
            .filter(text -> text.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
            .map(text -> text.substring(SCHEME.length()).strip())
            .orElse("");
    return MessageDigest.isEqual(digest, digest(shown));
  }

  private static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "AccessToken"; // never in a log
  }
}
