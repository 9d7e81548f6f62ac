package io.drainwatch.watcher.simulator.platform;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PlatformPurityTest {

  private static final String SIMULATOR = "io.drainwatch.watcher.simulator";

  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(SIMULATOR);

  @Test
  void knowsNoClockThreadSocketOrFile() {
    noClasses()
        .that()
        .resideInAPackage(SIMULATOR + ".platform")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.net..", "java.nio.file..", "java.util.concurrent..", "com.sun..", "org.slf4j..")
        .orShould()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .check(classes);
  }

  @Test
  void hasNoCircles() {
    slices().matching(SIMULATOR + ".(*)..").should().beFreeOfCycles().check(classes);
    noClasses()
        .that()
        .resideInAnyPackage(SIMULATOR + ".platform", SIMULATOR + ".scenario")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(SIMULATOR)
        .check(classes);
  }
}
