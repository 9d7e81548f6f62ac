package io.drainwatch.drainer.model;

/**
 * A request as it was written, for whoever asks which rights it needs.
 *
 * @param bearer whose it is: the token it came with
 * @param path without its query
 */
public record Call(String bearer, String method, String path, boolean isWatch) {
  static Call of(Wanted wanted) {
    return new Call(
        wanted.auth().replaceFirst("^Bearer ", ""),
        wanted.method(),
        wanted.path(),
        wanted.isWatch());
  }
}
