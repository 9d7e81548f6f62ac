package io.drainwatch.azure;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The rules of ARCHITECTURE.md that a machine can check, for the part that talks to Azure. */
class HouseRulesTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.drainwatch.azure");

  @Test
  void nobodyReadsTheSystemClockOrSleepsOrUsesTheDefaultLocale() {
    noClasses()
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Thread.class, "sleep", long.class)
        .orShould()
        .callMethod(String.class, "toLowerCase")
        .orShould()
        .callMethod(Locale.class, "getDefault")
        .check(CLASSES);
  }

  @Test
  void knowsOfTheWatcherOnlyWhatItIsAskedBy() {
    noClasses()
        .should()
        .dependOnClassesThat(
            com.tngtech.archunit.base.DescribedPredicate.describe(
                "are the watcher's but not of its package azure",
                type ->
                    type.getPackageName().startsWith("io.drainwatch.watcher")
                        && !type.getPackageName().equals("io.drainwatch.watcher.azure")))
        .check(CLASSES);
  }
}
