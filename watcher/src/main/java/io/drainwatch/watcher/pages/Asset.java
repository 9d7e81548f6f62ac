package io.drainwatch.watcher.pages;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A style sheet, script or picture of a page, read from the resources beside this class when it is
 * asked for.
 *
 * @param etag of its content, quoted as in the header
 */
@SuppressWarnings("ArrayRecordComponent") // made here, read by one
public record Asset(byte[] content, String type, String etag) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z-]{0,31}\\.(css|js|svg)");
  private static final int SHOWN = 16;

  /**
   * @param name as somebody asks for it: nothing but plain file names is looked up
   */
  public static Optional<Asset> named(String name) {
    if (!NAME.matcher(name).matches()) {
      return Optional.empty();
    }
    try (InputStream in = Asset.class.getResourceAsStream("assets/" + name)) {
      return in == null ? Optional.empty() : Optional.of(of(in.readAllBytes(), name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Asset of(byte[] content, String name) {
    return new Asset(content, typeOf(name.substring(name.lastIndexOf('.'))), etag(content));
  }

  private static String typeOf(String ending) {
    return switch (ending) {
      case ".css" -> "text/css; charset=utf-8";
      case ".js" -> "text/javascript; charset=utf-8";
      default -> "image/svg+xml";
    };
  }

  private static String etag(byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return '"' + HexFormat.of().formatHex(digest).substring(0, SHOWN) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
