package io.drainwatch.image;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Packages in a directory; what is missing there is downloaded, what is wrong is not taken. */
final class Downloads {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Path directory;
  private final String mirror;

  Downloads(Path directory, String mirror) {
    this.directory = directory;
    this.mirror = mirror;
  }

  Path file(Pin pin) throws IOException, InterruptedException {
    Path file = directory.resolve(pin.sha256() + ".deb");
    if (Files.exists(file) && sha256(Files.readAllBytes(file)).equals(pin.sha256())) {
      return file;
    }
    byte[] content = download(pin);
    Files.createDirectories(directory);
    Path unfinished = directory.resolve(pin.sha256() + ".part");
    Files.write(unfinished, content);
    return Files.move(unfinished, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }

  private byte[] download(Pin pin) throws IOException, InterruptedException {
    List<String> answers = new ArrayList<>();
    try (HttpClient client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(Duration.ofSeconds(20))
            .build()) {
      for (String address : pin.addresses(mirror)) {
        try {
          HttpResponse<byte[]> response =
              client.send(
                  HttpRequest.newBuilder(URI.create(address)).timeout(PATIENCE).build(),
                  HttpResponse.BodyHandlers.ofByteArray());
          String sha256 = sha256(response.body());
          if (response.statusCode() == 200 && sha256.equals(pin.sha256())) {
            return response.body();
          }
          answers.add(
              address
                  + ": "
                  + (response.statusCode() == 200
                      ? "SHA-256 is " + sha256
                      : "status " + response.statusCode()));
        } catch (IOException e) {
          answers.add(address + ": " + e);
        }
      }
    }
    throw new IOException(
        pin.file()
            + " with SHA-256 "
            + pin.sha256()
            + " is not to be had:\n  "
            + String.join("\n  ", answers)
            + "\nName another mirror by -Dimage.debian=URL, or newer packages in debian.pins.");
  }

  static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
