//! What patterns match; PostgreSQL itself is asked in `tests/postgresql_oracle.rs`.

use super::*;

fn pattern(pattern: &str, dialect: Dialect, flags: &str) -> Result<Pattern, String> {
    let (options, _) = PatternOptions::of_flags(flags).unwrap();
    Pattern::new(pattern, dialect, options, &Room::default())
}

fn matches(source: &str, dialect: Dialect, flags: &str, text: &str) -> bool {
    let found = pattern(source, dialect, flags).unwrap();
    found.is_match(text).unwrap()
}

/// Rows of a pattern, a text and whether they match.
fn check(dialect: Dialect, flags: &str, rows: &[(&str, &str, bool)]) {
    for (source, text, expected) in rows {
        let found = matches(source, dialect, flags, text);
        assert_eq!(found, *expected, "{text}, {source}");
    }
}

#[test]
fn like_covers_the_whole_text() {
    let rows = [
        ("Signal%", "Signal values\n(p-value)", true),
        ("ignal%", "Signal", false),
        ("S_gnal", "Signal", true),
        (r"100\%", "100%", true),
        (r"100\%", "1000", false),
        ("a.c", "abc", false),
        ("%é_", "xéß", true),
        ("", "", true),
    ];
    check(Dialect::Like(BACKSLASH), "", &rows);
    assert!(pattern(r"a\", Dialect::Like(BACKSLASH), "").is_err());
}

#[test]
fn like_without_case_compares_lower_cases() {
    let rows = [
        ("%étude%", "Étude", true),
        ("%ÉTUDE%", "étude", true),
        ("STRASSE", "straße", false),
        ("%ß", "STRAẞ", true),
        ("σ", "ς", false),
        ("Σ", "σ", true),
        ("i", "İ", true),
        ("k", "\u{212a}", true),
        ("s", "ſ", false),
        ("ǆ", "ǅ", true),
        ("d_mon", "DÉMON", true),
    ];
    check(Dialect::Like(BACKSLASH), "i", &rows);
}

#[test]
fn regular_expressions_search_within_the_text() {
    let rows = [
        ("b cell (peaks|signal)", "x b cell signal", true),
        (r"\.bigWig$", "a.bigWig", true),
        (r"\.bigWig$", "a.bigWig\n", false),
        ("a.b", "a\nb", true),
        (r"\mcell\M", "T cell", true),
        (r"[]x[&&-]", "[", true),
        ("[[:digit:]]{2}", "a12", true),
        (r"a\\b", r"a\b", true),
        ("#x y", "#x y", true),
        ("a{,2}", "a{,2}", true),
        ("^()$", "", true),
        ("a|", "b", true),
        (r"\x41\u00e9", "Aé", true),
        (r"\101", "A", true),
        (r"(a)(b)\1", "aba", true),
        (r"(a)(b)\1", "abb", false),
        ("x(?=a)", "xa", true),
        ("x(?!a)", "xa", false),
        ("(?<=x)a", "xa", true),
        ("(?<!x)a", "xa", false),
        ("(?i)NORMAL", "normal", true),
        ("(?n)^b$", "a\nb\nc", true),
        ("^b$", "a\nb\nc", false),
        ("(?n)a.b", "a\nb", false),
        ("(?x) a b # c", "ab", true),
        ("***=a.b", "a.b", true),
        ("***=a.b", "axb", false),
    ];
    check(Dialect::Posix, "", &rows);
}

#[test]
fn letters_and_words_are_those_of_unicode() {
    let rows = [
        (r"\mT", "üT", false),
        (r"\mT", "ü T", true),
        (r"ü\M", "fürü", true),
        (r"ü\M", "für", false),
        (r"\yé\y", "é", true),
        (r"\Yr\Y", "ür日", true),
        (r"^\w+$", "Étude_日本1", true),
        (r"^\w+$", "e\u{301}", false),
        (r"\W", "日本", false),
        (r"^\d$", "٣", false),
        (r"\s", "\u{a0}", false),
        (r"\s", "\u{3000}", true),
        ("^[[:alpha:]]+$", "ünïcode", true),
        ("^[[:upper:]][[:lower:]]$", "Éé", true),
        ("^[[:alnum:]]$", "٣", true),
        ("[[:punct:]]", "«", true),
        ("[[:<:]]b", "éb", false),
        ("[^[:alpha:]]", "é", false),
        (r"[\W]", "é", false),
        ("[à-ö]", "é", true),
    ];
    check(Dialect::Posix, "", &rows);
}

#[test]
fn case_is_that_of_the_pattern() {
    let rows = [
        ("^[x-z]K[[:upper:]]$", "Yka", true),
        ("É", "é", true),
        ("[é]", "É", true),
        ("[^é]", "É", false),
        ("[à-ö]", "É", true),
        ("k", "\u{212a}", false),
        ("ς", "Σ", true),
        ("ς", "σ", false),
        ("ß", "ẞ", false),
    ];
    check(Dialect::Posix, "i", &rows);
}

#[test]
fn similar_to_covers_the_whole_text_with_alternatives() {
    let rows = [
        ("%format_(3004|3006)", "x/format_3004", true),
        ("a.c", "abc", false),
        ("a|bc", "abc", false),
        ("[a-c]{2,3}", "abc", true),
        ("[%]_", "%x", true),
        ("[]_]x", "]x", true),
        ("[[]_", "[a", false),
        (r"100\%", "100%", true),
    ];
    check(Dialect::Similar(BACKSLASH), "", &rows);
    assert!(matches("a#%", Dialect::Similar(Some('#')), "", "a%"));
    assert!(matches(r"a\%", Dialect::Like(None), "", r"a\b"));
}

#[test]
fn names_what_it_cannot_match() {
    for (source, part) in [
        (r"(a|b)\1", "back-reference"),
        (
            r"\1(a)",
            "found a back-reference to a group that is not closed before it",
        ),
        ("a(?i)b", "quantifier"),
        (r"\gx", r"`\g`"),
        ("[a", "unclosed `[`"),
        ("(", "unclosed `(`"),
        (")", "without a `(`"),
        ("+", "quantifier"),
        ("a**", "quantifier"),
        ("^*", "quantifier"),
        ("a{2,1}", "count"),
        ("a{256}", "count"),
        ("[b-a]", "ends before it starts"),
        ("[a-c-e]", "range"),
        ("[[:letter:]]", "[:letter:]"),
        ("(?z)a", "option `z`"),
    ] {
        let message = pattern(source, Dialect::Posix, "").unwrap_err();
        assert!(message.contains(part), "{source}: {message}");
    }
}

#[test]
fn matches_are_the_longest_or_as_each_part_prefers() {
    for (source, text, expected) in [
        ("[0-9]+", "ENCFF625ZYB", Some("625")),
        ("a|ab", "xabc", Some("ab")),
        ("x*?b", "xxb", Some("xxb")),
        ("a.*?c", "abcbc", Some("abc")),
        ("a.*c", "abcbc", Some("abcbc")),
        ("(a|ab)(c|bcd)(d*)", "abcd", Some("ab")),
        ("x(.*)y", "axbyy", Some("by")),
        ("(?:a|b)+", "cabd", Some("ab")),
        ("(a)|b", "b", None),
        ("(.*?)(b+)", "aabbb", Some("aa")),
        ("((a|b)+)c", "xabac", Some("aba")),
        ("é(.)", "xé日", Some("日")),
        ("q", "x", None),
        ("q*", "x", Some("")),
        ("(?<=:)[^:]+", "a:b:c", Some("b")),
    ] {
        let found = pattern(source, Dialect::Posix, "").unwrap().extract(text);
        assert_eq!(
            found.unwrap().as_deref(),
            expected,
            "substring({text} from {source})"
        );
    }
    let middle = |source: &str, text: &str| {
        let found = pattern(source, Dialect::Similar(Some('#')), "").unwrap();
        found.extract(text).unwrap()
    };
    assert_eq!(middle("%#\"o_b#\"%", "foobar").as_deref(), Some("oob"));
    assert_eq!(middle("#\"(b_d|x)#\"%", "abcdefg"), None);
    assert_eq!(middle("a%", "abc").as_deref(), Some("abc"));
}

#[test]
fn replaces_one_match_or_all() {
    for (text, source, replacement, from, occurrence, expected) in [
        ("encode:E1E2", "[0-9]+", "", 0, 1, "encode:EE2"),
        ("encode:E1E2", "[0-9]+", "#", 0, 0, "encode:E#E#"),
        ("abc", "", "-", 0, 0, "-a-b-c-"),
        ("abc", "b*", "-", 0, 0, "-a--c-"),
        ("foobarbaz", "b(..)", r"X\1Y", 0, 0, "fooXarYXazY"),
        ("abc", "b", r"[\&\\\q]", 0, 1, r"a[b\\q]c"),
        ("éaéa", "a", "x", 2, 1, "éaéx"),
        ("aaa", "a", "x", 0, 2, "axa"),
        ("aaa", "a", "x", 9, 0, "aaa"),
    ] {
        let found = pattern(source, Dialect::Posix, "").unwrap();
        let replaced = found.replace(text, replacement, from, occurrence);
        assert_eq!(replaced.as_deref(), Some(expected), "{text}, {source}");
    }
}

#[test]
fn patterns_have_room_for_many_words_and_not_for_endless_repetitions() {
    let room = Room::default();
    let options = PatternOptions {
        ignore_case: true,
        ..PatternOptions::default()
    };
    for number in 0..2_000 {
        let word = format!("%B cell {number}, naïve_%");
        assert!(Pattern::new(&word, Dialect::Like(BACKSLASH), options, &room).is_ok());
    }
    let room = Room::default();
    let message = |pattern: &str| {
        Pattern::new(pattern, Dialect::Posix, PatternOptions::default(), &room).map_err(drop)
    };
    assert!(message("((a{200}){99}){9}").is_err());
    let large =
        (0..1_000).find(|number| message(&format!("(a{{90}}){{{}}}", 120 + number % 9)).is_err());
    assert!(large.is_some_and(|number| number > 20), "{large:?}");
}

#[test]
fn back_references_do_not_grow_without_end() {
    let doubling: String = (1..60)
        .map(|number| format!("(\\{number}\\{number})"))
        .collect();
    let message = pattern(&format!("(a){doubling}"), Dialect::Posix, "").unwrap_err();
    assert!(message.contains("too large"), "{message}");
    let nested = format!("{}{}{}", "(".repeat(90), "a".repeat(5_000), ")".repeat(90));
    assert!(pattern(&nested, Dialect::Posix, "").is_ok());
    let groups = "(a)".repeat(2000);
    let found = pattern(&groups, Dialect::Posix, "").unwrap();
    assert_eq!(
        found.extract(&"a".repeat(2000)).unwrap().as_deref(),
        Some("a")
    );
}

#[test]
fn classes_of_thousands_of_letters_take_little_room() {
    let found = pattern(r"^\w{255}[[:upper:]]{1,200}$", Dialect::Posix, "").unwrap();
    let text: String = "é".repeat(255) + "É";
    assert_eq!(found.is_match(&text), Some(true));
}

#[test]
fn matches_that_take_too_long_are_given_up() {
    let source = "((((x?){200}){200}){200})y";
    let text = "x".repeat(3000);
    let found = pattern(&format!("(?={source})z"), Dialect::Posix, "").unwrap();
    assert_eq!(found.is_match(&text), None);
}
