import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Checks ({@code check}) or writes ({@code write}) the Java formatting of the folders given. A
 * source-file program of its own, because Maven may run on a JDK whose compiler cannot parse our
 * sources, while this one runs on the tool chain's.
 */
final class SourceFormat {
  public static void main(String[] arguments) throws IOException {
    boolean write = arguments[0].equals("write");
    List<Path> unformatted = new ArrayList<>();
    for (int i = 1; i < arguments.length; i++) {
      for (Path file : sourcesIn(Path.of(arguments[i]))) {
        String source = Files.readString(file);
        String formatted = format(file, source);
        if (!formatted.equals(source)) {
          unformatted.add(file);
          if (write) {
            Files.writeString(file, formatted);
          }
        }
      }
    }
    unformatted.forEach(file -> System.out.println((write ? "formatted " : "not formatted: ") + file));
    if (!write && !unformatted.isEmpty()) {
      System.err.println("Run ./mvnw -N -Pformat validate to format these files.");
      System.exit(1);
    }
  }

  private static List<Path> sourcesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.toString().contains("/target/"))
          .sorted()
          .toList();
    }
  }

  private static String format(Path file, String source) {
    try {
      String imports =
          RemoveUnusedImports.removeUnusedImports(
              ImportOrderer.reorderImports(source, JavaFormatterOptions.Style.GOOGLE));
      return new Formatter().formatSource(imports);
    } catch (FormatterException e) {
      throw new IllegalStateException("cannot parse " + file + ": " + e.getMessage(), e);
    }
  }
}
