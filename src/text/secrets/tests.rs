use proptest::prelude::*;

use super::*;

#[test]
fn secrets_in_sentences_are_left_out() {
    for row in [
        "see https://bob:Hunter2SecretPw@y.example.org/z?token=tok3nABCDEFG1234567 → \
         see https://y.example.org/z",
        "Fetch (https://ann:pw@h.example/x?sig=1) → Fetch (https://h.example/x)",
        "https://a.example/x?token=1,https://b:p@b.example/y → \
         https://a.example/x,https://b.example/y",
        "<a href=\"ftp://u:p@h.example/\"> → <a href=\"ftp://h.example/\">",
        "{\"url\": \"https:\\/\\/u:p@h.example\\/x\"} → {\"url\": \"https:\\/\\/h.example\\/x\"}",
        "go to https%3A%2F%2Fu%3Ap%40h.example%2Fx now → go to https%3A%2F%2Fh.example%2Fx now",
        "rsync ann:Hunter2@ftp.example.org there → rsync ftp.example.org there",
        "password: Hunter2SecretPw → password: …",
        "Password = hunter. → Password = ….",
        "password:hunter2;user=ann → password:…",
        "pw is Hunter2SecretPw → pw is …",
        "with the user ann and password Hunter2! → with the user ann and password …!",
        "Authorization: Bearer BearerZZZ111222333 → Authorization: …",
        "authorization: Basic dXNlcjpwYXNz → authorization: …",
        "Bearer BearerZZZ111222333 → Bearer …",
        "curl -H \"X-Api: tok3n\" ftp://u:Hunter2SecretPw@h/ → curl -H \"X-Api: …\" ftp://h/",
        "curl -H 'X-Api-Key: KEY' -u ann:Hunter2 x → curl -H 'X-Api-Key: …' -u … x",
        "get --token X --out y → get --token … --out y",
        "get --api-key=X → get --api-key=…",
        "wget --password 'hunter' → wget --password '…'",
        "Cookie: a=1; session=2 → Cookie: …",
        "Set-Cookie: galaxysession=abc; Path=/ → Set-Cookie: …",
        "{\"user\": \"ann\", \"password\": \"hunter two\"} → \
         {\"user\": \"ann\", \"password\": \"…\"}",
        "{\\\"token\\\": \\\"abc\\\", \\\"a\\\": 1} → {\\\"token\\\": \\\"…\\\", \\\"a\\\": 1}",
        "{'api_key': 'a b'} → {'api_key': '…'}",
        "API key: abc → API key: …",
        "export GITHUB_TOKEN=abc && run → export GITHUB_TOKEN=… && run",
        "key: a1b2c3d4e5f6a7b8 → key: …",
        "session=tok3nABCDEFG1234567 → session=…",
        "-k ghp_ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 → -k …",
        "<password>hunter</password> → <password>…</password>",
        "Passord: hunter → Passord: …",
        "DB_PASS=Hunter2 run → DB_PASS=… run",
        "user ann pass Hunter2 → user ann pass …",
        "bearer: BearerZZZ111222333 → bearer: …",
        "Ocp-Apim-Subscription-Key: KEY → Ocp-Apim-Subscription-Key: …",
    ] {
        let (given, clean) = row.split_once(" → ").unwrap();
        assert_eq!(without(given), clean, "{given}");
        assert!(!is_clean(given), "{given}");
        assert!(is_clean(clean), "{clean}");
    }
}

#[test]
fn what_is_no_secret_stays_whole() {
    for text in [
        "",
        "the password of the portal is not needed",
        "No password is required; ask the provider for a token.",
        "Password: not needed. Token: none",
        "password protected, see https://portal.example.org/login?lang=en",
        "The secret: see the paper",
        "GATTACAGATTACAGATTACAGATTACAGATTACAGATTACA",
        "MKAKIAFLGHKLMNPQRSTVWYACDEFGHIKLMNPQRSTVWY",
        "GSM945229, SRR1234567, ENCFF625ZYB.bigBed, GCF_000001405.26",
        "md5: d41d8cd98f00b204e9800998ecf8427e",
        "sha256=e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "ni:///sha-256;47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU",
        "https://doi.org/10.1038/s41586-020-2493-4",
        "doi:10.1038/nature11247, orcid:0000-0002-1825-0097",
        "https://orcid.org/0000-0002-1825-0097",
        "urn:uuid:0b8a7f3e-3c4d-4e5f-8a9b-0c1d2e3f4a5b",
        "contact: me@x.example or mailto:ann@x.example",
        "H3K27ac, sort_key=2, key: chr1, session 3, code: GRCh38",
        "gene signature: 70 genes; secretory pathway; Authors: A. B.",
        "position=chr1:1-100&db=hg38",
        "https://www.encodeproject.org/files/ENCFF625ZYB/@@download/ENCFF625ZYB.bed.gz",
        "samples.content->'sample_type'->>'summary' ILIKE '%monocyte%'",
        "tracks.content->>'file_url' = 'https://x.example/?key=tracks/peaks.bed'",
        "http://edamontology.org/EDAM.owl#format_3003 and https://h.example/#top",
        "at 12:30:45, ratio 1:2, a=b, use http:// or https://",
        "C:\\Users\\x, \\\\server\\share",
        "the bearer of the gene; cookie cutter; token economy",
        "author: Smith, authentication is done by the site",
        "PASS: 3 of 5, qc_pass: yes, pass_filter=PASS, PWD=/srv/dir, low pass 0.5",
        "<token>, <password>, mysql://<host>/db",
        "bearer: carrier of the gene; pw_score 3; tokens: 512; passenger mutation: no",
    ] {
        assert_eq!(without(text), text);
    }
}

/// Texts that would take the square of their length if each rule looked to the end at each place.
#[test]
fn long_texts_lose_their_secrets_too() {
    for piece in [
        "https://u:plantedPw1@h.example/x?token=plantedPw1,",
        "token=plantedPw1;",
        "password: plantedPw1 ",
        "ghp_plantedPw10123456789 ",
        "ghp_",
        "-----BEGIN PRIVATE KEY-----",
        "https%3A%2F%2Fu%3AplantedPw1%40h ",
        "<password>plantedPw1</password>",
        "password>",
        "a:b:c://",
        "eyJ",
        "\\",
    ] {
        let clean = without(&piece.repeat(500));
        assert!(!clean.contains("plantedPw1"), "{piece}");
    }
}

/// Secrets, what surrounds them, and what only looks like them.
const PIECES: [&str; 30] = [
    "https://",
    "ann:",
    "plantedPw1",
    "@",
    "h.example",
    "/",
    "?",
    "&",
    ";",
    "=",
    "token",
    "password",
    ": ",
    " ",
    "\"",
    "'",
    "{",
    "Bearer ",
    "Authorization",
    "#",
    "%40",
    "%3A%2F%2F",
    "key",
    "a1b2c3d4e5f6a7b8",
    "\\",
    "é",
    "…",
    "\n",
    "-",
    "ghp_0123456789abcd",
];

fn texts() -> impl Strategy<Value = String> {
    let piece = prop_oneof![4 => prop::sample::select(PIECES.to_vec()).prop_map(str::to_owned), 1 => "\\PC{0,4}"];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn laws_to_clean_what_is_clean_changes_nothing(text in texts()) {
        let clean = without(&text);
        prop_assert_eq!(without(&clean), clean.clone(), "{}", text);
        prop_assert!(is_clean(&clean), "{}", clean);
        let shown = redacted(&text);
        prop_assert_eq!(redacted(&shown), shown.clone(), "{}", text);
    }

    #[test]
    fn laws_a_password_in_an_address_is_nowhere(
        scheme in prop::sample::select(vec!["https", "ftp", "s3", "git+ssh", "HTTP"]),
        user in "[a-z]{1,8}", password in "plant[A-Za-z0-9!$*+,;=_.~-]{0,12}", before in "[a-z ,.(]{0,8}", after in "[ ).,a-z]{0,8}"
    ) {
        let text = format!("{before} {scheme}://{user}:{password}@h.example/x?token=plant1&a=1 {after}");
        let clean = without(&text);
        prop_assert!(!clean.contains("plant"), "{} {}", text, clean);
        prop_assert!(clean.contains("://h.example/x?a=1"), "{}", clean);
    }
}
