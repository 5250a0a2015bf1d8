package imagefunctions.functions.processimages.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imagefunctions.storage.Buckets;
import imagefunctions.yaml.InvalidFileException;
import java.time.ZonedDateTime;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RulesFileTest {

    private static Rules read(String text) {
        return RulesFile.read("rules.yml", text, "failed", RulesFileTest::isKnown);
    }

    private static void isKnown(Target target) {
        if (target.toString().contains("nothing")) {
            throw new IllegalArgumentException("there is no " + target);
        }
    }

    /** Rules for pictures, one a line: name, bucket, prefix, suffix, target bucket and key. */
    private static Rules routes(String... lines) {
        StringBuilder text = new StringBuilder("rules:\n");
        for (String line : lines) {
            String[] part = line.split(" +", -1);
            text.append(
                    "  - {name: %s, bucket: %s, prefix: \"%s\", suffix: \"%s\", function: bw, to: %s, key: \"%s\"}%n"
                            .formatted(part[0], part[1], part[2], part[3], part[4], part[5])
                            .replace("prefix: \"*\", ", "")
                            .replace("suffix: \"*\", ", ""));
        }
        return read(text.toString());
    }

    @Test
    void everyKeyHasItsMeaning() {
        Rules rules = read("""
                rules:
                  - name: small
                    bucket: incoming
                    prefix: photos/
                    suffix: [.jpg, .jpeg]
                    type: image/*
                    function: thumbnail
                    parameters: {width: 320, crop: "true"}
                    to: small
                    key: web/${stem}.jpg
                    schedule: "*/5 * * * *"
                  - name: sold
                    function: inventory
                    parameters: {stock_change: -1, price: 2.50, gift: true, sku: 007}
                """);

        Rule small = rules.named("small").orElseThrow();
        Route route = small.route().orElseThrow();
        assertThat(small.target()).hasToString("thumbnail?width=320&crop=true");
        assertThat(rules.take("incoming", "photos/a.jpeg")).isTrue();
        assertThat(rules.take("incoming", "photos/a.JPG")).isFalse();
        assertThat(rules.take("incoming", "a.jpg")).isFalse();
        assertThat(rules.take("small", "photos/a.jpg")).isFalse();
        assertThat(route.from().takesType("Image/PNG; x=y")).isTrue();
        assertThat(route.from().takesType("text/plain")).isFalse();
        assertThat(route.key().of("photos/a.b/c.d.jpg")).isEqualTo("web/photos/a.b/c.d.jpg");
        assertThat(small.schedule().orElseThrow().after(ZonedDateTime.parse("2026-01-01T00:01:00Z")))
                .hasValue(ZonedDateTime.parse("2026-01-01T00:05:00Z"));
        assertThat(rules.named("sold").orElseThrow().target().parameters().toString())
                .isEqualTo("{stock_change=-1, price=2.50, gift=true, sku=007}");
        assertThat(rules.fed()).containsExactly(small);
    }

    @Test
    void withoutAFileIncomingGoesToProcessedUnderTheSameName() {
        Rules rules = Rules.builtIn(Target.parse("chaining?workflow=sizes"), Buckets.DEFAULTS);

        assertThat(rules.take("incoming", "a")).isTrue();
        assertThat(rules.all().getFirst().target().parameters()).isEqualTo(Map.of("workflow", "sizes"));
    }

    @Test
    void aDayThatSomeYearsHaveIsOne() {
        Rules rules = read("rules: [{name: leap, function: bw, schedule: 0 0 29 2 *}]");

        assertThat(rules.all().getFirst().schedule().orElseThrow().after(ZonedDateTime.parse("2026-01-01T00:00:00Z")))
                .hasValue(ZonedDateTime.parse("2028-02-29T00:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource({
        "0 0 13 * 5,     2026-01-02T00:00:00Z",
        "30 0 0 13 * 5,  2026-01-02T00:00:30Z",
        "0 0 * * 7,      2026-01-04T00:00:00Z",
        "*/20 * * * * *, 2026-01-01T00:01:20Z",
        "@hourly,        2026-01-01T01:00:00Z",
        "@daily,         2026-01-02T00:00:00Z",
        "@weekly,        2026-01-04T00:00:00Z"
    })
    void aScheduleIsReadAsCrontabReadsIt(String schedule, ZonedDateTime first) {
        assertThat(new Schedule(schedule).after(ZonedDateTime.parse("2026-01-01T00:01:00Z")))
                .hasValue(first);
    }

    @ParameterizedTest
    @CsvSource({"a.jpg, a", "a/b.tar.gz, a/b.tar", "a.b/c, a.b/c", ".jpg, .jpg", "a/.jpg, a/.jpg", "a., a"})
    void theStemIsTheKeyWithoutItsExtension(String key, String stem) {
        assertThat(new KeyPattern("${stem}").of(key)).isEqualTo(stem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                                        | 1 | it must start with "rules:"
            rule: []                                                  | 1 | the file has no key "rule"
            rules: []                                                 | 1 | expected a list here, but found an empty list
            rules: [{function: bw}]                                   | 1 | a rule must have "name"
            rules: [{name: a b, function: bw}]                        | 1 | write up to 64 letters
            rules: [{name: default, function: bw}]                    | 1 | write another name
            rules: [{name: a}]                                        | 1 | either a "function" or a "workflow"
            rules: [{name: a, function: bw, workflow: w}]             | 1 | either a "function" or a "workflow"
            rules: [{name: a, function: b/w}]                         | 1 | give a function's name
            rules: [{name: a, function: bw, to: b}]                   | 1 | "to" is for rules that take pictures
            rules: [{name: a, function: bw, bucket: in1}]             | 1 | a rule must have "to"
            rules: [{name: a, function: bw, bucket: A, to: out}]      | 1 | write a bucket's name
            rules: [{name: a, function: bw, bucket: failed, to: out}] | 1 | for what cannot be converted
            rules: [{name: a, function: bw, bucket: in1, to: failed}] | 1 | for what cannot be converted
            rules: [{name: a, function: loadimages, bucket: in1, to: out}]        | 1 | it cannot convert a picture
            rules: [{name: a, function: bw, bucket: in1, to: out, type: jpg}]     | 1 | write a content type
            rules: [{name: a, function: bw, bucket: in1, to: out, key: a.jpg}]    | 1 | all results would have one key
            'rules: [{name: a, function: bw, bucket: in1, to: out, key: "${k}"}]' | 1 | there is no ${k}
            'rules: [{name: a, function: bw, bucket: in1, to: out, key: "/${key}"}]'    | 1 | no empty part
            rules: [{name: a, function: bw, schedule: 5 minutes}]                 | 1 | "5 minutes" is not valid here
            rules: [{name: a, function: bw, schedule: 61 * * * *}]                | 1 | "61 * * * *" is not valid here
            rules: [{name: a, function: bw, schedule: 61 * * * *}]                | 1 | write minute, hour, day, month and weekday as in crontab
            rules: [{name: a, function: bw, schedule: "@reboot"}]                 | 1 | "@reboot" is not valid here
            rules: [{name: a, function: bw, schedule: 0 0 30 2 *}]                | 1 | there is no such time
            rules: [{name: a, function: nothing}]                                 | 1 | "nothing" is not valid here: there is no nothing
            rules: [{name: a, workflow: nothing}]                                 | 1 | "nothing" is not valid here: there is no chaining?workflow=nothing
            rules: [{name: a, function: chaining, parameters: {workflow: nothing}}]       | 1 | "chaining" is not valid here
            rules: [{name: a, workflow: w, parameters: {workflow: x}}]            | 1 | the rule's own key "workflow"
            """)
    void whatIsWrongIsSaidWithItsLine(String text, int line, String message) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(InvalidFileException.class)
                .hasMessageStartingWith("rules.yml:" + line + ": ")
                .hasMessageContaining(message);
    }

    @Test
    void moreRulesThanAnybodyWritesAreRefused() {
        String text = "rules:\n" + "  - {name: a, function: bw}\n".repeat(101);

        assertThatThrownBy(() -> read(text)).hasMessageContaining("101 rules are too many");
    }

    @Test
    void twoRulesOfOneNameAreRefused() {
        assertThatThrownBy(() -> read("rules:\n  - {name: a, function: bw}\n  - {name: a, function: draft}\n"))
                .hasMessageStartingWith("rules.yml:3: ")
                .hasMessageContaining("two rules \"a\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a in1 * * in1 ${key}",
                "a in1 * * in1 out/${key}",
                "a in1 * .jpg in1 ${stem}.jpg",
                "a in1 x/ * in1 x/${key}",
                "a in1 x/ * in1 ${key}.y",
                "a in1 x * in1 ${stem}",
                "a in1 * * out ${key}; b out * * in1 ${key}",
                "a in1 * * out ${key}; b out * * mid ${key}; c mid * * in1 ${key}",
                "z in0 * * in1 ${key}; a in1 * .jpg out ${key}; b out * * in1 ${stem}.jpg",
            })
    void rulesWhoseResultsComeBackAreRefused(String rules) {
        assertThatThrownBy(() -> routes(rules.split("; ", -1)))
                .isInstanceOf(InvalidFileException.class)
                .hasMessageContaining("the results of \"a\" would come back to it without end (a -> ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a in1 * * out ${key}",
                "a in1 in/ * in1 out/${key}",
                "a in1 * .png in1 ${stem}.jpg",
                "a in1 * * mid ${key}; b mid * * out ${key}",
                "a in1 * * mid ${key}; b in1 * * mid b/${key}; c mid * * out ${key}",
                "a in1 x/ * out ${key}; b out y/ * in1 ${key}",
            })
    void rulesThatComeToAnEndAreTaken(String rules) {
        assertThat(routes(rules.split("; ", -1)).all()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "a in1 * * out ${key}; b in1 * * out ${key}, true",
        "a in1 x/ .jpg out ${key}; b in1 * * out ${key}, true",
        "a in1 x/ * out ${key}; b in1 y/ * out ${key}, false",
        "a in1 * * out ${key}; b in1 * * out b/${key}, false",
        "a in1 * * out ${key}; b in2 * * out ${key}, false",
        "a in1 * .jpg out ${key}; b in1 * * out ${stem}.jpg, true",
        "a in1 * .jpg out small/${stem}.jpg; b in1 * .jpg out small/${key}, true",
        "a in1 * .png out ${key}; b in1 * * out ${stem}.jpg, false",
        "a in1 * * out ${key}; b in1 * * out ${stem}, false",
    })
    void rulesThatOverwriteEachOthersResultsAreRefused(String rules, boolean refused) {
        String message = "";
        try {
            routes(rules.split("; ", -1));
        } catch (InvalidFileException e) {
            message = String.valueOf(e.getMessage());
        }

        assertThat(message.contains("\"a\" and \"b\" would store two results")).isEqualTo(refused);
    }

    @Test
    void aKeyIsNoLongerThanAnObjectsMayBe() {
        String longest = "${key}" + "a".repeat(1018);

        assertThat(routes("a in1 * * out " + longest).all()).hasSize(1);
        assertThatThrownBy(() -> routes("a in1 * * out " + longest + "a"))
                .isInstanceOf(InvalidFileException.class)
                .hasMessageContaining("write at most 1024 characters");
    }
}
