package dev.aurochs.cli.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The dependencies that {@code docs/architecture.md} draws, and no others. */
class DependencyRulesTest {
    private static final JavaClasses CODE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.aurochs");

    @Test
    @DisplayName("queue-api depends on nothing of ours, and outside on SLF4J, JSpecify and Jackson alone")
    void api() {
        classes()
                .that()
                .resideInAPackage("dev.aurochs.queue..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.aurochs.queue..", "java..", "org.slf4j..", "org.jspecify.annotations..", "tools.jackson..")
                .check(CODE);
    }

    @Test
    @DisplayName("inside queue-api one class knows Jackson")
    void jacksonInOneClass() {
        noClasses()
                .that()
                .resideInAPackage("dev.aurochs.queue..")
                .and()
                .doNotHaveFullyQualifiedName("dev.aurochs.queue.JacksonCodec")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("tools.jackson..")
                .check(CODE);
    }

    @Test
    @DisplayName("inside queue-api the packages form a line: job <- spi <- internal <- queue")
    void line() {
        noClasses()
                .that()
                .resideInAPackage("dev.aurochs.queue.job")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.aurochs.queue", "dev.aurochs.queue.spi", "dev.aurochs.queue.internal")
                .check(CODE);
        noClasses()
                .that()
                .resideInAPackage("dev.aurochs.queue.spi")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.aurochs.queue", "dev.aurochs.queue.internal")
                .check(CODE);
        noClasses()
                .that()
                .resideInAPackage("dev.aurochs.queue.internal")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.aurochs.queue")
                .check(CODE);
        slices().matching("dev.aurochs.queue.(*)..").should().beFreeOfCycles().check(CODE);
    }

    @Test
    @DisplayName("the engine knows the API's values and SPI and nothing else")
    void engine() {
        classes()
                .that()
                .resideInAPackage("dev.aurochs.engine..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.aurochs.engine..",
                        "dev.aurochs.queue.job",
                        "dev.aurochs.queue.spi",
                        "java..",
                        "org.jspecify.annotations..")
                .check(CODE);
    }

    @Test
    @DisplayName("a store knows nothing of the engine but its seam and its front")
    void seam() {
        noClasses()
                .that()
                .resideInAPackage("dev.aurochs.engine.store")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.aurochs.engine")
                .check(CODE);
    }

    @Test
    @DisplayName("no backend knows another")
    void backends() {
        String[] backends = {"memory", "rocksdb", "redis", "rabbitmq"};
        for (String one : backends)
            for (String other : backends)
                if (!one.equals(other))
                    noClasses()
                            .that()
                            .resideInAPackage("dev.aurochs." + one + "..")
                            .should()
                            .dependOnClassesThat()
                            .resideInAPackage("dev.aurochs." + other + "..")
                            .allowEmptyShould(true)
                            .check(CODE);
    }

    @Test
    @DisplayName("only backend-rocksdb knows RocksDB")
    void driver() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.aurochs.rocksdb..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.rocksdb..")
                .check(CODE);
    }

    @Test
    @DisplayName("only backend-redis knows Jedis and its pool, and beside them the API's values and SPI and Jackson")
    void redis() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.aurochs.redis..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("redis.clients..", "org.apache.commons.pool2..")
                .check(CODE);
        classes()
                .that()
                .resideInAPackage("dev.aurochs.redis..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.aurochs.redis..",
                        "dev.aurochs.queue.job",
                        "dev.aurochs.queue.spi",
                        "redis.clients..",
                        "org.apache.commons.pool2..",
                        "tools.jackson..",
                        "org.slf4j..",
                        "java..",
                        "javax.net.ssl",
                        "org.jspecify.annotations..")
                .check(CODE);
        slices().matching("dev.aurochs.redis.(*)..").should().beFreeOfCycles().check(CODE);
    }

    @Test
    @DisplayName("only backend-rabbitmq knows the AMQP client, and beside it the API's values and SPI and Jackson")
    void rabbitmq() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.aurochs.rabbitmq..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.rabbitmq..")
                .check(CODE);
        classes()
                .that()
                .resideInAPackage("dev.aurochs.rabbitmq..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.aurochs.rabbitmq..",
                        "dev.aurochs.queue.job",
                        "dev.aurochs.queue.spi",
                        "com.rabbitmq.client..",
                        "tools.jackson..",
                        "org.slf4j..",
                        "java..",
                        "javax.net.ssl",
                        "org.jspecify.annotations..")
                .check(CODE);
        slices().matching("dev.aurochs.rabbitmq.(*)..")
                .should()
                .beFreeOfCycles()
                .check(CODE);
    }

    @Test
    @DisplayName("the command line speaks to backends through the API alone")
    void commandLine() {
        noClasses()
                .that()
                .resideInAPackage("dev.aurochs.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.aurochs.engine..",
                        "dev.aurochs.memory..",
                        "dev.aurochs.rocksdb..",
                        "dev.aurochs.redis..",
                        "dev.aurochs.rabbitmq..",
                        "dev.aurochs.queue.internal..")
                .check(CODE);
    }
}
