package dev.aurochs.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.spi.Capability;
import dev.aurochs.tck.spec.DelaySpec;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** The rules of {@code docs/semantics.md} and the tests of the kit say the same things. */
class RulesTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "semantics.md");
    private static final Pattern RULE =
            Pattern.compile("^- \\*\\*([A-Z])(\\d+)\\*\\* ((?:.+\\n)(?: {2}.+\\n)*)", Pattern.MULTILINE);
    private static final Pattern MARK =
            Pattern.compile("\\*(later: not yet tested|measured: [^*]+|tested: ([^*]+))\\*");
    private static final String TEST_SOURCES = Path.of("src", "test", "java").toString();
    /** Capabilities that say how a call is answered; none of their calls could be refused. */
    private static final Set<Capability> NEVER_REFUSED =
            EnumSet.of(Capability.SHARED, Capability.VIRTUAL_DELAYS, Capability.VIRTUAL_EXPIRY, Capability.FRONT);

    @Test
    @DisplayName("every rule has a test, or a mark that says why not")
    void everyRuleIsTested() throws Exception {
        Set<String> untested = new TreeSet<>(unmarked());
        untested.removeAll(testsByRule().keySet());
        assertThat(untested).as("rules of " + DOCUMENT + " that no test names").isEmpty();
    }

    @Test
    @DisplayName("a rule that is marked as untested has no test")
    void marksAreUpToDate() throws Exception {
        Set<String> tested = new TreeSet<>(rules().keySet());
        tested.removeAll(unmarked());
        tested.retainAll(testsByRule().keySet());
        assertThat(tested)
                .as("rules that are marked as untested, but have a test: take the mark away")
                .isEmpty();
    }

    @Test
    @DisplayName("a rule that is tested elsewhere is named by a test of the class that its mark names")
    void testedElsewhere() throws Exception {
        for (Map.Entry<String, String> rule : rules().entrySet()) {
            Matcher mark = MARK.matcher(rule.getValue());
            if (!mark.find() || mark.group(2) == null) continue;
            Path source = testSource(mark.group(2) + ".java");
            assertThat(Files.readString(source))
                    .as("the titles of " + source)
                    .containsPattern("@DisplayName\\(\\s*\"" + rule.getKey() + "\\b");
        }
    }

    private static Path testSource(String name) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(".."), 20)) {
            return files.filter(file -> file.endsWith(name) && file.toString().contains(TEST_SOURCES))
                    .findAny()
                    .orElseThrow(() -> new AssertionError(DOCUMENT + " names " + name + ", which is nowhere"));
        }
    }

    @Test
    @DisplayName("every test names a rule that exists")
    void everyTestNamesARule() throws Exception {
        Map<String, List<String>> unknown = testsByRule();
        unknown.keySet().removeAll(rules().keySet());
        assertThat(unknown)
                .as("tests that name rules which are not in " + DOCUMENT)
                .isEmpty();
        for (Method test : tests()) {
            Rule rule = test.getAnnotation(Rule.class);
            assertThat(rule).as("@Rule of %s", test).isNotNull();
            DisplayName title = test.getAnnotation(DisplayName.class);
            assertThat(title).as("@DisplayName of %s", test).isNotNull();
            assertThat(title.value()).as("title of %s", test).startsWith(rule.value()[0] + ": ");
        }
    }

    @Test
    @DisplayName("no two tests have the same title")
    void titlesDiffer() throws Exception {
        assertThat(tests().stream()
                        .map(test -> test.getAnnotation(DisplayName.class).value()))
                .doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("rules are numbered from 1 without gaps")
    void numbering() throws IOException {
        Map<String, Integer> last = new TreeMap<>();
        for (String id : rules().keySet()) {
            int number = Integer.parseInt(id.substring(1));
            assertThat(number).as("the number of " + id).isEqualTo(last.getOrDefault(id.substring(0, 1), 0) + 1);
            last.put(id.substring(0, 1), number);
        }
        assertThat(last).isNotEmpty();
    }

    @Test
    @DisplayName("every spec stands in the table of contents, once, with a title")
    void tableOfContents() throws Exception {
        List<Class<?>> listed = Arrays.stream(QueueBackendTck.class.getDeclaredClasses())
                .filter(nested -> nested.isAnnotationPresent(Nested.class))
                .<Class<?>>map(Class::getSuperclass)
                .toList();
        assertThat(listed).containsExactlyInAnyOrderElementsOf(specs());
        assertThat(Arrays.stream(QueueBackendTck.class.getDeclaredClasses()))
                .allMatch(nested -> nested.isAnnotationPresent(DisplayName.class));
    }

    @Test
    @DisplayName(
            "every capability that can be refused is required by a test, which is its refusal test where it is absent")
    void everyCapabilityIsRequired() throws Exception {
        Set<Capability> required = EnumSet.noneOf(Capability.class);
        Stream.concat(specs().stream(), tests().stream())
                .map(element -> element.getAnnotation(Requires.class))
                .flatMap(requires -> Optional.ofNullable(requires).stream())
                .forEach(requires -> required.addAll(List.of(requires.value())));
        assertThat(required).containsAll(EnumSet.complementOf(EnumSet.copyOf(NEVER_REFUSED)));
    }

    /** Texts by id, in the order of the document. */
    private static Map<String, String> rules() throws IOException {
        Map<String, String> rules = new LinkedHashMap<>();
        for (MatchResult rule :
                RULE.matcher(Files.readString(DOCUMENT)).results().toList()) {
            String text = rule.group(3).replaceAll("\\s+", " ");
            String id = rule.group(1) + rule.group(2);
            assertThat(rules.put(id, text)).as("rule %s is there twice", id).isNull();
        }
        return rules;
    }

    private static Set<String> unmarked() throws IOException {
        return rules().entrySet().stream()
                .filter(rule -> !MARK.matcher(rule.getValue()).find())
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, List<String>> testsByRule() throws Exception {
        return tests().stream()
                .flatMap(test -> Optional.ofNullable(test.getAnnotation(Rule.class)).stream()
                        .flatMap(rule -> Arrays.stream(rule.value()))
                        .map(rule -> Map.entry(rule, test.getDeclaringClass().getSimpleName() + "." + test.getName())))
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, TreeMap::new, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    }

    private static List<Method> tests() throws Exception {
        return specs().stream()
                .flatMap(spec -> Arrays.stream(spec.getDeclaredMethods()))
                .filter(method ->
                        method.isAnnotationPresent(Test.class) || method.isAnnotationPresent(ParameterizedTest.class))
                .toList();
    }

    private static List<Class<?>> specs() throws IOException, URISyntaxException, ClassNotFoundException {
        Class<?> sample = DelaySpec.class;
        Path folder = Path.of(
                        sample.getResource(sample.getSimpleName() + ".class").toURI())
                .getParent();
        List<String> names;
        try (Stream<Path> files = Files.walk(folder)) {
            names = files.map(file -> folder.relativize(file).toString().replace(File.separatorChar, '.'))
                    .filter(name -> name.endsWith("Spec.class"))
                    .map(name -> sample.getPackageName() + "." + name.substring(0, name.length() - ".class".length()))
                    .sorted()
                    .toList();
        }
        List<Class<?>> specs = new ArrayList<>();
        for (String name : names) specs.add(Class.forName(name));
        assertThat(specs).allMatch(spec -> Modifier.isAbstract(spec.getModifiers()));
        return specs;
    }
}
