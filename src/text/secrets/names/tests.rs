use super::*;

#[test]
fn a_value_that_chance_made_is_a_key_and_a_name_is_none() {
    let keys = "\
        0123abcd-0123-abcd-0123-abcd0123abcd a1b2c3d4e5f6a7b8c9d0e1f2a3b4c5d6 tok3nABCDEFG1234567 \
        deadbeef01 4/0AX4XfWhzZy9qRs7tUv eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl \
        Hunter2SecretPw";
    for key in keys.split(' ') {
        assert!(looks_like_a_key(key), "{key}");
    }
    let names = "\
        tracks/peaks.bed peaks_of_K562.bed.gz GSM945229 ENCFF000000625ZYB.bigWig \
        SRR0000000001234567 hg38 chr21 H3K27ac start hg38-H3K27ac-GM12878-peaks 20240101";
    for name in names.split(' ') {
        assert!(!looks_like_a_key(name), "{name}");
    }
    assert!(!looks_like_a_key(""));
}

#[test]
fn every_name_is_seen_by_the_quick_look() {
    let all = [SECRETS, SECRET_WORDS, SECRET_ENDS, DOUBTFUL_PARAMETERS];
    for name in all.into_iter().flat_map(words_of) {
        let text = format!("{name}: x");
        assert!(super::super::quick::may_hold_some(&text), "{name}");
    }
}

#[test]
fn names_of_tools_and_of_headers_have_their_own_list() {
    let secret = "\
        password DB_Passwd password2 access-token X-Auth-Token Authorization proxy-authorization \
        client_secret apiKey X-Api X-Api-Key Cookie Set-Cookie pw user_pw passord private_link";
    for name in secret.split(' ') {
        assert!(is_secret_name(name), "{name}");
        assert!(is_secret_tool_parameter(name), "{name}");
    }
    let other = "\
        author authors passes bypass tokens tokenizer secretory secretion_assay key sort_key code \
        session signature position compass qc_pass pass bearer";
    for name in other.split(' ') {
        assert!(!is_secret_name(name), "{name}");
    }
    for name in ["author", "passes", "key", "sort_key", "code", "position"] {
        assert!(!is_secret_tool_parameter(name), "{name}");
    }
    let free_text = "note cmd header http_headers cond|comment user_email";
    for name in free_text.split(' ') {
        assert!(is_free_text_parameter(name), "{name}");
    }
    let program = "code header_lines keep_header_line commander text";
    for name in program.split(' ') {
        assert!(!is_free_text_parameter(name), "{name}");
    }
}

#[test]
fn no_name_of_a_secret_escapes_the_look_at_its_stems() {
    let all = [
        SECRETS,
        SECRET_WORDS,
        SECRET_ENDS,
        "authorization x_auth p_w",
    ];
    for name in all.into_iter().flat_map(words_of) {
        for name in [name.to_owned(), format!("db_{name}"), name.to_uppercase()] {
            assert!(!is_secret_name(&name) || may_be_secret(&name), "{name}");
            assert!(may_be_secret(&name), "{name}");
        }
    }
    for name in ["local_id", "term_label", "file_url", "assembly_name", ""] {
        assert!(!may_be_secret(name), "{name}");
    }
}
