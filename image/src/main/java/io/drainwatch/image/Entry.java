package io.drainwatch.image;

/** What stands at one path of the image's file system. */
sealed interface Entry {
  record Directory(int mode, int owner) implements Entry {}

  /** Bytes of a package: never changed, never compared. */
  @SuppressWarnings("ArrayRecordComponent")
  record File(byte[] content, int mode) implements Entry {}

  record Link(String target) implements Entry {}
}
