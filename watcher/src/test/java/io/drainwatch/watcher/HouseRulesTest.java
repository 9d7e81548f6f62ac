package io.drainwatch.watcher;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The rules of ARCHITECTURE.md that a machine can check, for the watcher. */
class HouseRulesTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.drainwatch.watcher");

  @Test
  void onlyTheMetadataClientKnowsOkhttp() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..watcher.events..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("okhttp3..")
        .check(CLASSES);
  }

  @Test
  void eventsRecordDaemonDrainerAndSimulatorKnowNoMicronaut() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "..watcher.events..",
            "..watcher.record..",
            "..watcher.daemon..",
            "..watcher.drainer..",
            "..watcher.simulator..",
            "..watcher.rehearsal..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.micronaut..")
        .check(CLASSES);
  }

  @Test
  void nobodyKnowsTheAzureSdk() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.azure..", "com.microsoft..", "io.drainwatch.azure..")
        .check(CLASSES);
  }

  @Test
  void theDaemonDoesNotKnowTheSimulator() {
    noClasses()
        .that()
        .resideInAnyPackage("..watcher.daemon..", "..watcher.events..", "..watcher.record..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("..watcher.simulator..", "..watcher.rehearsal..", "..watcher.cli..")
        .check(CLASSES);
  }

  @Test
  void nobodyReadsTheSystemClockOrSleeps() {
    noClasses()
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Thread.class, "sleep", long.class)
        .orShould()
        .callMethod(Thread.class, "sleep", java.time.Duration.class)
        .check(CLASSES);
  }

  @Test
  void nobodyUsesTheDefaultLocale() {
    noClasses()
        .should()
        .callMethod(String.class, "toLowerCase")
        .orShould()
        .callMethod(String.class, "toUpperCase")
        .orShould()
        .callMethod(Locale.class, "getDefault")
        .check(CLASSES);
  }

  @Test
  void packagesAreFreeOfCycles() {
    slices().matching("io.drainwatch.watcher.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void nothingIsCalledManagerUtilHelperImplOrData() {
    classes().should().haveNameNotMatching(".*(Manager|Utils?|Helper|Impl|Data)$").check(CLASSES);
  }
}
