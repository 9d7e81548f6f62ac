package io.drainwatch.watcher.configuration;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * The configuration file as flat keys, each value with its line.
 *
 * <p>Micronaut's own loader is not used: it loses the lines, lets the second of two equal keys win
 * without a word, and reads {@code 22:00} as the number 1320. Here every value stays the text that
 * was written; what it means is for the reader of the settings to say. No aliases of collections,
 * one document, 1 MiB.
 */
final class YamlFile {
  private static final int LARGEST = 1024 * 1024;
  private static final int DEEPEST = 20;
  private static final String KEY = "--config";

  /** Faults as well as keys: what could be read is read. */
  record Content(Map<String, Given> given, List<Fault> faults) {}

  private final Path path;
  private final Map<String, Given> given = new LinkedHashMap<>();
  private final List<Fault> faults = new ArrayList<>();

  private YamlFile(Path path) {
    this.path = path;
  }

  static Content read(Path path) {
    YamlFile file = new YamlFile(path);
    file.read();
    return new Content(file.given, file.faults);
  }

  private void read() {
    if (Files.isDirectory(path)) {
      refuse("is a directory; a YAML file is expected");
    } else if (!Files.exists(path)) {
      refuse("there is no such file, or its directory cannot be entered");
    } else if (!Files.isRegularFile(path)) {
      refuse("is not a regular file");
    } else {
      try {
        if (Files.size(path) > LARGEST) {
          refuse("is larger than 1 MiB");
        } else {
          parse(decode(Files.readAllBytes(path)));
        }
      } catch (CharacterCodingException e) {
        refuse("is not text in UTF-8");
      } catch (AccessDeniedException e) {
        refuse("cannot be read: permission denied");
      } catch (IOException e) {
        refuse("cannot be read: " + PrintedValue.plain(String.valueOf(e.getMessage())));
      }
    }
  }

  private static String decode(byte[] bytes) throws CharacterCodingException {
    String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  // A message of the parser goes without its snippet of the file, which may hold a secret.
  private void parse(String text) {
    LoaderOptions options = new LoaderOptions();
    options.setMaxAliasesForCollections(0);
    options.setNestingDepthLimit(DEEPEST);
    options.setCodePointLimit(LARGEST);
    try {
      // what makes objects and text is not needed, and is half of the library
      Node root =
          new Composer(
                  new ParserImpl(new StreamReader(new StringReader(text)), options),
                  new Resolver(),
                  options)
              .getSingleNode();
      if (root instanceof MappingNode mapping) {
        members("", mapping);
      } else if (root != null && !isNull(root)) {
        refuse(line(root.getStartMark()) + ": keys with values are expected, such as drainwatch:");
      }
    } catch (MarkedYAMLException e) {
      String where = e.getProblemMark() == null ? "" : line(e.getProblemMark()) + ": ";
      refuse(where + "not valid YAML: " + PrintedValue.plain(String.valueOf(e.getProblem())));
    } catch (YAMLException e) {
      String firstLine = String.valueOf(e.getMessage()).split("\\R", 2)[0];
      refuse("not valid YAML: " + PrintedValue.plain(firstLine));
    }
  }

  private void put(String key, Node node, Mark at) {
    switch (node) {
      case MappingNode mapping when !mapping.getValue().isEmpty() -> members(key + ".", mapping);
      case SequenceNode sequence when !sequence.getValue().isEmpty() -> {
        int index = 0;
        for (Node each : sequence.getValue()) {
          put(key + '[' + index + ']', each, each.getStartMark());
          index++;
        }
      }
      case SequenceNode empty -> put(key, List.of(), at);
      case ScalarNode scalar -> put(key, isNull(scalar) ? "" : scalar.getValue(), at);
      default -> put(key, "", at);
    }
  }

  private void put(String key, Object value, Mark at) {
    Given before = given.putIfAbsent(key, new Given(value, path + " " + line(at)));
    if (before != null) {
      faults.add(
          new Fault(
              PrintedValue.plain(key),
              "",
              "given twice, the first time in " + before.origin(),
              path + " " + line(at)));
    }
  }

  private void members(String prefix, MappingNode mapping) {
    List<String> seen = new ArrayList<>();
    for (NodeTuple tuple : mapping.getValue()) {
      Mark at = tuple.getKeyNode().getStartMark();
      if (!(tuple.getKeyNode() instanceof ScalarNode name)) {
        refuse(line(at) + ": a key must be a single word");
        continue;
      }
      String key = FlatKeys.canonical(prefix + name.getValue());
      // a section written twice has no equal keys and yet is a mistake
      if (seen.contains(key)) {
        faults.add(
            new Fault(
                PrintedValue.plain(key), "", "given twice in one section", path + " " + line(at)));
        continue;
      }
      seen.add(key);
      put(key, tuple.getValueNode(), at);
    }
  }

  private static boolean isNull(Node node) {
    return node.getTag().equals(Tag.NULL);
  }

  private static String line(Mark mark) {
    return "line " + (mark.getLine() + 1);
  }

  private void refuse(String reason) {
    faults.add(new Fault(KEY, PrintedValue.plain(path.toString()), reason, ""));
  }
}
