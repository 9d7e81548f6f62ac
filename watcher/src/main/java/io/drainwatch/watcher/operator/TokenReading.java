package io.drainwatch.watcher.operator;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** The token that a running daemon left in its state directory for those who may command it. */
public sealed interface TokenReading {
  /** In the state directory; see {@code AccessToken} of the server. */
  String FILE = "token";

  record Found(String token) implements TokenReading {
    @Override
    public String toString() {
      return "Found"; // never printed
    }
  }

  /** No daemon has ever written one there. */
  record Missing(Path path) implements TokenReading {}

  /**
   * It is there, but not for this user.
   *
   * @param owner whose it is, where that can be seen
   */
  record NotForUs(Path path, Optional<String> owner) implements TokenReading {}

  record Unreadable(Path path, String why) implements TokenReading {}

  static TokenReading in(Path stateDirectory) {
    return of(stateDirectory.toAbsolutePath().resolve(FILE));
  }

  /** From this very file. */
  static TokenReading of(Path path) {
    try {
      String token = Files.readString(path).strip();
      return token.matches("[!-~]+") ? new Found(token) : new Unreadable(path, "it holds no token");
    } catch (NoSuchFileException e) {
      return new Missing(path);
    } catch (AccessDeniedException e) {
      return new NotForUs(path, ownerOf(path));
    } catch (IOException e) {
      return new Unreadable(path, e.toString());
    }
  }

  /** Of the file; else of the directory, which is the same user's. */
  private static Optional<String> ownerOf(Path path) {
    Path looked = path;
    while (looked != null) {
      try {
        return Optional.of(Files.getOwner(looked).getName());
      } catch (IOException e) {
        looked = looked.getParent();
      }
    }
    return Optional.empty();
  }

  /** What a person is told who has no token; empty when there is one. */
  default Optional<String> complaint() {
    return switch (this) {
      case Found found -> Optional.empty();
      case Missing(Path path) ->
          Optional.of(
              "There is no token "
                  + path
                  + ": the daemon writes it when it starts, so the one that answers has another"
                  + " state directory; name its configuration with --config.");
      case NotForUs(Path path, Optional<String> owner) ->
          Optional.of(
              "The token "
                  + path
                  + " may only be read by "
                  + owner
                      .map(name -> name + ": run this as that user, such as sudo -u " + name)
                      .orElse("the daemon's user: run this as that user")
                  + " drainwatch ...");
      case Unreadable(Path path, String why) ->
          Optional.of("The token " + path + " cannot be read: " + why + ".");
    };
  }
}
