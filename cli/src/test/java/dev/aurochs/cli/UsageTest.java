package dev.aurochs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** What is typed wrongly ends with 2, one clear line on standard error, and nothing done. */
class UsageTest {
    private final Desk desk = new Desk();

    @AfterEach
    void leave() {
        desk.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "nope | there is no command 'nope'",
                "cont q | there is no command 'cont'",
                "add | Missing required parameter: 'QUEUE'",
                "add q | argument NAME is missing; say what kind of job it is, or use --bulk FILE",
                "add q:x n | queue name 'q:x': a queue name has 1–100 characters",
                "add q n {}{} | JSON argument, line 1, column 3: goes on after the value; exactly one JSON value",
                "add q n {\"a\":1,} | JSON argument, line 1, column 8: is no JSON",
                "add q n @/no/such.json | cannot read '/no/such.json': there is no such file",
                "add q n {} more | Unmatched argument at index 4: 'more'",
                "add q n --delay 5 | Invalid value for option '--delay': '5': a duration is 0, or digits followed",
                "add q n --delay 1.5s | Invalid value for option '--delay': '1.5s': a duration is 0, or digits",
                "add q n --delay 4000d | delay 'PT96000H': a duration lies between 0 and 10 years",
                "add q n --priority -1 | priority -1: must be 0 to 2097151",
                "add q n --priority 2097152 | priority 2097152: must be 0 to 2097151",
                "add q n --priority high | Invalid value for option '--priority': 'high' is not an int",
                "add q n --attempts 0 | attempts 0: must be 1 or more",
                "add q n --backoff fast | Invalid value for option '--backoff': 'fast': a backoff reads TYPE:DURATION",
                "add q n --backoff fixed:1s:2 | Invalid value for option '--backoff': backoff jitter 2.0: jitter lies",
                "add q n --keep-failed some | Invalid value for option '--keep-failed': 'some': write all, none, a",
                "add q n --lifo --priority 3 | lifo true: cannot be combined with priority 3",
                "add q n --id 42 | job id '42': an own job id has 1–128 characters",
                "add q n --delay 1s --delay 2s | option '--delay' (DURATION) should be specified only once",
                "--delay 1s add q n --delay 2s | option '--delay' (DURATION) should be specified only once",
                "add q n --backof fixed:1s | Unknown option: '--backof'",
                "add q n --bulk jobs.ndjson | argument 'n': with --bulk the names and data come from the file",
                "add q --bulk jobs.ndjson --id x | option --id: with --bulk the ids come from the file, as opts.jobId",
                "add q --bulk - | cannot read '-': there is no such file ('-' is standard input only as the JSON",
                "flow | Missing required parameter: 'FILE'",
                "flow /no/such.json | cannot read '/no/such.json': there is no such file",
                "counts | Missing required parameter: 'QUEUE'",
                "counts q --prefix bull | option --prefix 'bull': only Redis and RabbitMQ have a prefix, and the backend is",
                "jobs q waitin | 'waitin' is no state; write one of waiting, delayed, active, waiting-children",
                "jobs q waiting --limit 0 | limit 0: must be 1 to 10000",
                "jobs q waiting --offset -1 | offset -1: must be 0 or more",
                "job q | Missing required parameter: 'ID'",
                "retry q | give ids, or --all-failed",
                "retry q 1 --all-failed | option --all-failed: leave it out, or leave out the ids",
                "promote q | Missing required parameter: 'ID'",
                "remove q | Missing required parameter: 'ID'",
                "drain q | drain removes jobs for good and cannot ask without a terminal; confirm with --yes",
                "clean q --yes | Missing required option: '--state=STATE'",
                "clean q --state active --yes | Invalid value for option '--state': running jobs are never cleaned",
                "clean q --state gone --yes | Invalid value for option '--state': 'gone' is no state; write one of",
                "clean q --state failed --limit 0 --yes | limit 0: must be 1 or more",
                "clean q --state failed --older-than 1w --yes | Invalid value for option '--older-than': '1w': a",
                "clean q --state failed --older-than 4000d --yes | a duration lies between 0 and 10 years",
                "clean q --state failed | clean removes jobs for good and cannot ask without a terminal",
                "obliterate | Missing required parameter: 'QUEUE'",
                "obliterate q | obliterate removes jobs for good and cannot ask without a terminal",
                "events | Missing required parameter: 'QUEUE'",
                "schedule q s n | Missing required argument (specify one of these)",
                "schedule q s --every 5s | Missing required parameter: 'NAME'",
                "schedule q s n --every 5s --cron @daily | Error: --every=DURATION, --cron=EXPRESSION are mutually",
                "schedule q s n --every 0 | every 'PT0S': must be at least 1 ms",
                "schedule q s n --every 5s --tz UTC | option --tz: belongs to --cron; an interval has no zone",
                "schedule q s n --cron @daily --tz Nowhere | option --tz: 'Nowhere' is no zone; write one like",
                "schedule q s n --cron 61_*_*_*_* | cron '61_*_*_*_*': needs five fields",
                "schedule q s:t n --every 5s | schedule id 's:t': a schedule's id has 1–128 characters",
                "schedule q s n --every 5s --id x | id 'x': a schedule gives its jobs their ids",
                "schedule q s n --every 5s --start soon | Invalid value for option '--start': 'soon': a moment reads",
                "schedules | Missing required parameter: 'QUEUE'",
                "unschedule q | Missing required parameter: 'ID'",
                "events q --backend nowhere:x | address scheme 'nowhere': no backend on the class path offers it",
                "events q --backend memory:x?fast=1 | address setting 'fast': memory knows none",
                "pause q --for 0 | option --for 0: must be more than 0",
                "work q --exec cat --until-idle 0 | option --until-idle 0: must be more than 0",
                "work q | Missing required option: '--exec=CMD'",
                "work --exec cat | Missing required parameter: 'QUEUE'",
                "work q q --exec cat | argument QUEUE: a queue is named twice; name each once",
                "work q --exec cat --limit 5 | Invalid value for option '--limit': '5': a limit reads MAX/DURATION",
                "work q --exec cat --limit 0/1s | Invalid value for option '--limit': rate limit 0: must be 1 or more",
                "work q --exec cat --concurrency 0 | concurrency 0: must be 1 to 10000",
                "work q --exec cat --until-empty --until-idle 1s | options --until-empty and --until-idle exclude",
                "queues --backend nowhere:x | address scheme 'nowhere': no backend on the class path offers it",
                "queues --backend memory:x?fast=1 | address setting 'fast': memory knows none",
                "queues --backend nothing | address 'nothing': an address reads scheme:rest"
            })
    void refuses(String typed, String expected) {
        assertThat(desk.type(typed.split(" ")).refused())
                .startsWith("aurochs: ")
                .contains(expected);
        assertThat(desk.queues.names()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "add",
                "flow",
                "work",
                "counts",
                "jobs",
                "job",
                "queues",
                "retry",
                "promote",
                "remove",
                "pause",
                "resume",
                "drain",
                "clean",
                "obliterate",
                "events",
                "schedule",
                "schedules",
                "unschedule",
                "doctor"
            })
    void everyCommandExplainsItself(String command) {
        assertThat(desk.type(command, "--help").printed())
                .contains("Usage: aurochs " + command)
                .contains("--backend=URI")
                .hasLineCount(
                        (int) desk.type("--help", command).printed().lines().count());
        assertThat(desk.type("--help").printed()).contains("\n  " + command + " ");
    }

    @Test
    void withoutACommandTheHelpGoesToStandardError() {
        Desk.Typed nothing = desk.type();
        assertThat(nothing.code()).isEqualTo(2);
        assertThat(nothing.out()).isEmpty();
        assertThat(nothing.err()).contains("Usage: aurochs COMMAND");
    }

    @Test
    void saysWhatWasPerhapsMeantAndWhereToLook() {
        assertThat(desk.type("add", "q", "n", "--backof", "fixed:1s").err())
                .contains("Did you mean:", "--backoff", "Try 'aurochs add --help'.");
        assertThat(desk.type("add", "q", "n", "-x5").err()).contains("goes behind '--'");
    }

    @Test
    void optionsStandAnywhereAndTwoDashesEndThem() {
        assertThat(desk.type("--delay", "1h", "--json", "add", "--attempts", "2", "q", "n")
                        .printed())
                .contains("\"added\":true");
        assertThat(desk.type("add", "q", "n", "--", "-5").printed()).isNotEmpty();
        assertThat(desk.type("add", "--", "q", "--odd", "{}").printed()).isNotEmpty();
        assertThat(desk.type("jobs", "q", "waiting").printed()).contains("-5", "--odd");
    }

    @Test
    void anOptionTakesAValueInAllCommandsOrInNone() {
        CommandLine line = new CommandLine(new AurochsCommand(desk.world()));
        Map<String, Set<Boolean>> taking = new TreeMap<>();
        for (CommandLine command : line.getSubcommands().values())
            for (OptionSpec option : command.getCommandSpec().options())
                for (String name : option.names())
                    taking.computeIfAbsent(name, unseen -> new HashSet<>())
                            .add(option.arity().max() > 0);
        assertThat(taking)
                .allSatisfy((name, answers) -> assertThat(answers).as(name).hasSize(1));
    }

    @Test
    void passwordsAreNeverPrinted() {
        String address = "redis://ada:secret@host:6379/0";
        assertThat(desk.type("counts", "q", address).err())
                .contains("ada:***@host")
                .doesNotContain("secret");
        assertThat(desk.type("counts", "q", "--backend", address).err()).doesNotContain("secret");
        assertThat(desk.type("doctor", "--backend", address).out()).doesNotContain("secret");
        assertThat(desk.type("doctor", "--json", "--backend", address).out()).doesNotContain("secret");
    }

    @Test
    void aStackTraceIsShownOnlyOnRequest() {
        assertThat(desk.type("job", "q", "1").err()).doesNotContain("\tat ");
        assertThat(desk.type("job", "q", "1", "--stacktrace").err()).contains("\tat dev.aurochs");
    }
}
