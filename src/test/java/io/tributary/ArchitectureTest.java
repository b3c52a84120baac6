package io.tributary;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.tributary.deal.Stage;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The borders between packages. Each rule is also held against classes that break it on purpose: a rule that cannot
 * fail guards nothing.
 */
class ArchitectureTest {

    private static final String PRODUCT = "io.tributary";
    private static final String BROKEN = "io.tributary.architecture.broken";

    private static final String[] PURE = {"deal", "mapping", "identity", "health", "metrics", "csv", "lead", "mail"};

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(PRODUCT);
    private static final JavaClasses MAIN_AND_TESTS = new ClassFileImporter()
            .withImportOption(location -> !location.contains("/architecture/broken/"))
            .importPackages(PRODUCT);
    private static final JavaClasses BROKEN_ON_PURPOSE = new ClassFileImporter().importPackages(BROKEN);

    @ParameterizedTest
    @MethodSource("mainRules")
    void the_product_keeps_the_rule(ArchRule rule) {
        rule.check(MAIN);
    }

    @Test
    void neither_product_nor_tests_sleep_or_mock() {
        nobodySleeps().check(MAIN_AND_TESTS);
        nothingMocked().check(MAIN_AND_TESTS);
    }

    static Stream<ArchRule> mainRules() {
        return Stream.of(pureStaysPure(PRODUCT), noCycles(PRODUCT), wordsOfTheField(), oneLoggingFacade());
    }

    @ParameterizedTest
    @MethodSource("brokenRules")
    void a_class_that_breaks_the_rule_is_reported(ArchRule rule, String culprit) {
        var report = rule.evaluate(BROKEN_ON_PURPOSE).getFailureReport();
        assertThat(report.getDetails())
                .isNotEmpty()
                .anySatisfy(detail -> assertThat(detail).contains(culprit));
    }

    static Stream<Arguments> brokenRules() {
        return Stream.of(
                Arguments.of(pureStaysPure(BROKEN), "ScoreInRoute"),
                Arguments.of(pureStaysPure(BROKEN), "DealWithDatabase"),
                Arguments.of(noCycles(BROKEN), "Slice deal"),
                Arguments.of(wordsOfTheField(), "DealHelper"),
                Arguments.of(oneLoggingFacade(), "DealHelper"),
                Arguments.of(nothingMocked(), "ScoreInRoute"),
                Arguments.of(nobodySleeps(), "ScoreInRoute"));
    }

    @Test
    void an_honest_class_is_not_reported() {
        JavaClasses honest = new ClassFileImporter().importClasses(Stage.class);
        mainRules().forEach(rule -> rule.allowEmptyShould(true).check(honest));
        assertThat(MAIN).extracting(JavaClass::getSimpleName).contains("Stage", "MatchKey", "AtomV1");
    }

    private static ArchRule pureStaysPure(String base) {
        return noClasses()
                .that()
                .resideInAnyPackage(Arrays.stream(PURE)
                        .map(name -> base + "." + name + "..")
                        .toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.camel..", "java.sql..", "javax.sql..", "org.springframework..", "io.vertx..")
                .because("what a deal is and means must be testable, and stay true, without a server or a database");
    }

    private static ArchRule noCycles(String base) {
        return slices().matching(base + ".(*)..")
                .should()
                .beFreeOfCycles()
                .because("packages that need each other are one package, and can only be understood together");
    }

    private static ArchRule wordsOfTheField() {
        return noClasses()
                .should()
                .haveNameMatching(".*(Util|Utils|Helper|Helpers|Manager)")
                .because("such a name says nothing: call the class by what it is to a user or to the domain");
    }

    private static ArchRule oneLoggingFacade() {
        return noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.util.logging..")
                .because("everything logs through SLF4J, so that one configuration redacts secrets and sets levels");
    }

    private static ArchRule nothingMocked() {
        return noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.mockito..")
                .because("a mock proves what its author believed: test against the real database, files and routes");
    }

    private static ArchRule nobodySleeps() {
        return noClasses()
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(Thread.class, "sleep", long.class, int.class)
                .orShould()
                .callMethod(TimeUnit.class, "sleep", long.class)
                .because("a sleep is too short on a slow day and too long on every other: wait for the event itself");
    }
}
