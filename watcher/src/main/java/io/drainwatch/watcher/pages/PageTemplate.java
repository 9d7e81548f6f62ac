package io.drainwatch.watcher.pages;

import com.samskivert.mustache.DefaultCollector;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Objects;
import java.util.Optional;

/**
 * One of our own templates, a Mustache file among the resources beside this class. All values are
 * HTML-escaped; the templates have no other kind of value, which a test holds. A name that a
 * template uses and the view does not have is a bug and throws.
 */
public final class PageTemplate {
  /** A section of an Optional is there once, or not at all. */
  private static final class WithOptionals extends DefaultCollector {
    @Override
    public Iterator<?> toIterator(Object value) {
      return value instanceof Optional<?> optional
          ? optional.stream().iterator()
          : super.toIterator(value);
    }
  }

  private final Template template;

  private PageTemplate(Template template) {
    this.template = template;
  }

  /**
   * @param name such as {@code status}; partials are looked for in the same place
   */
  public static PageTemplate named(String name) {
    return new PageTemplate(
        Mustache.compiler()
            .escapeHTML(true)
            .emptyStringIsFalse(true)
            .strictSections(true)
            .withCollector(new WithOptionals())
            .withLoader(PageTemplate::reader)
            .compile(reader(name)));
  }

  private static Reader reader(String name) {
    return new StringReader(text("templates/" + name + ".mustache"));
  }

  private static String text(String resource) {
    try (InputStream in =
        Objects.requireNonNull(PageTemplate.class.getResourceAsStream(resource), resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @param view a record, or a map
   */
  public String render(Object view) {
    return template.execute(view);
  }
}
