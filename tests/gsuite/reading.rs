//! GSuite files and lists of addresses as documents: nothing is guessed, and nothing is lost.

use fairtracks::fairtracks::category::Category;
use fairtracks::fairtracks::document::Document;
use fairtracks::gsuite::read;
use serde_json::{Value as Json, json};

fn tracks(document: &Document) -> Vec<&Json> {
    document.objects(Category::Tracks)
}

fn read_text(text: &str) -> Vec<Json> {
    let document = read(text.as_bytes()).unwrap_or_else(|error| panic!("{error}: {text:?}"));
    tracks(&document).into_iter().cloned().collect()
}

fn refused(text: &str) -> String {
    match read(text.as_bytes()) {
        Ok(_) => panic!("{text:?} is read"),
        Err(error) => error.to_string(),
    }
}

#[test]
fn a_suffix_behind_a_semicolon_is_the_format_and_no_part_of_the_address() {
    let track =
        &read_text("###uri\ttitle\tantibody\nhttps://x.example/file;bed\tA track\tc%C3%A6Myb\n")[0];
    let expected = json!({"antibody": "cæMyb", "file_format": {"term_label": "bed"}, "file_name": "file.bed",
        "file_url": "https://x.example/file", "local_id": "A track", "label_short": "A track"});
    assert_eq!(*track, expected);
    let packed = &read_text("rsync://x.example/get;narrowPeak.gz?a=b\n")[0];
    assert_eq!(packed["file_url"], "rsync://x.example/get?a=b");
    assert_eq!(packed["file_format"]["term_label"], "narrowPeak");
    let ftp = &read_text("ftp://x.example/a.bed;type=i\n")[0];
    assert_eq!(ftp["file_url"], "ftp://x.example/a.bed;type=i");
}

#[test]
fn a_track_without_a_title_is_called_as_its_file_is() {
    let list = read_text(
        "https://x.example/a/b%20c.bed\nhttps://x.example/get?acc=GSM1&file=GSM1%5Fx%2Ebed%2Egz\nhttps://y.example/b%20c.bed\nhttps://x.example/\n",
    );
    let ids: Vec<&Json> = list.iter().map(|track| &track["local_id"]).collect();
    assert_eq!(
        ids,
        [
            &json!("b c.bed"),
            &json!("GSM1_x.bed.gz"),
            &json!("b c.bed (2)"),
            &Json::Null
        ]
    );
    let same = read_text(
        "###uri\ttitle\nhttps://x.example/a\tT\nhttps://x.example/b\tT\nhttps://x.example/a\tT\n",
    );
    assert_eq!(same.len(), 2);
    assert_eq!(
        (&same[1]["local_id"], &same[1]["label_short"]),
        (&json!("T (2)"), &json!("T"))
    );
}

#[test]
fn line_ends_and_encodings_of_all_editors_are_read() {
    let text = "##genome: hg38\n# a comment\n\n###uri\ttitle\nhttps://x.example/a\tÄ\nhttps://x.example/b\tB";
    let expected = read_text(text);
    assert_eq!(expected[0]["label_short"], "Ä");
    for (from, to) in [
        ("\n", "\r\n"),
        ("\n", "\r"),
        ("\n\n", "\n\r\n\r"),
        ("##g", "\u{feff}##g"),
    ] {
        assert_eq!(read_text(&text.replace(from, to)), expected, "{to:?}");
    }
    for in_bytes in [u16::to_le_bytes, u16::to_be_bytes] {
        let bytes: Vec<u8> = format!("\u{feff}{text}")
            .encode_utf16()
            .flat_map(in_bytes)
            .collect();
        assert_eq!(
            tracks(&read(&bytes).unwrap()),
            expected.iter().collect::<Vec<_>>()
        );
    }
}

#[test]
fn headers_say_something_of_tracks_that_say_nothing_themselves() {
    let text = "##Genome:hg38\n##track type: Segments\n##file type: text\n##lab: a%3Ab: c\n###URI\tGENOME\ttrack_type\n\
                https://x.example/a\tGRCh38\tvalued segments\nhttps://x.example/b\t.\t.\nhttps://x.example/c\tunknown\tunknown\n";
    let list = read_text(text);
    let of = |key: &str| {
        list.iter()
            .map(|track| track[key].clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        of("assembly_name"),
        [json!("GRCh38"), json!("hg38"), Json::Null]
    );
    assert_eq!(
        of("geometric_track_type"),
        [json!("Valued segments"), json!("Segments"), Json::Null]
    );
    let document = read(text.as_bytes()).unwrap();
    assert_eq!(
        document.members()["converted_from"]["headers"]["lab"],
        "a:b: c"
    );
    let old = read_text("###uri\n####genome=hg18\nhb:/a/b\n");
    assert_eq!(
        (&old[0]["assembly_name"], &old[0]["file_url"]),
        (&json!("hg18"), &json!("hb:/a/b"))
    );
    for nothing in ["unknown", "multiple", "NA", ""] {
        assert_eq!(
            read_text(&format!("##genome: {nothing}\nhttps://x.example/a\n"))[0]
                .get("assembly_name"),
            None
        );
    }
}

#[test]
fn what_could_be_understood_in_two_ways_is_refused_with_its_line() {
    const ADDRESS: &str = "https://x.example/a.bed";
    for (text, expected) in [
        (
            "##genome=hg19\n###uri\ttitle\n<A>\n",
            "line 1: found `##genome=hg19`, expected a header such as `##genome: hg38`",
        ),
        (
            "##genome: hg19\n##Genome: hg38\n<A>\n",
            "line 2: found the header `genome` again, expected it once: `hg19` in line 1, `hg38` here",
        ),
        (
            "##genome: hg19\n##genome: hg19\n<A>\n",
            "line 2: found the header `genome` again",
        ),
        (
            "##genome: hg19\n###uri\n####genome=hg38\n<A>\n",
            "line 3: found the header `genome` again",
        ),
        ("##genom%65: hg19\n<A>\n", "line 1: found `genom%65`"),
        (
            "##track type: segmentation\n<A>\n",
            "line 1: found `segmentation` as `track type`, expected points, ",
        ),
        (
            "##location: here\n<A>\n",
            "line 1: found `here` as `location`, expected remote, local, multiple or unknown",
        ),
        (
            "##file format: binary\n<A>\n",
            "line 1: found `binary` as `file format`",
        ),
        ("####hg18\n<A>\n", "line 1: found `####hg18`"),
        (
            "####genomes=hg18\n<A>\n",
            "line 1: found `####genomes=hg18`",
        ),
        (
            "## a comment\n<A>\n",
            "line 1: found `## a comment`, expected a header such as `##genome: hg38`; a comment starts with one #",
        ),
        ("###uri\tx\tX\n<A>\t1\t2\n", "line 1: found two columns `X`"),
        (
            "###uri\tfile_type\tfile_format\n<A>\t.\t.\n",
            "line 1: found two columns `file_format`",
        ),
        (
            "###uri\t\tx\n<A>\t1\t2\n",
            "line 1: found no name of column 2",
        ),
        (
            "###uri title\n<A>\n",
            "line 1: found the columns `uri title`, expected one of them to be `uri`",
        ),
        ("###\n<A>\n", "line 1: found no name of column 1"),
        (
            "###uri\tfile%5fformat\n<A>\tprimary\n",
            "line 1: found `file%5fformat`",
        ),
        (
            "###uri\n###uri\ttitle\n<A>\n",
            "line 2: found a second column line, expected one; the first is line 1",
        ),
        (
            "<A>\n##genome: hg19\n",
            "line 2: found `##genome: hg19` after the first track",
        ),
        (
            "<A>\n###uri\n",
            "line 2: found `###uri` after the first track",
        ),
        (
            "##genome: hg19\n###uri\tgenome\n<A>\thg38\n",
            "line 3: found the genome `hg38`, expected `hg19`, declared for all tracks in line 1",
        ),
        (
            "##track type: points\n###uri\ttrack_type\n<A>\tsegments\n",
            "line 3: found the track type `segments`, expected `points`",
        ),
        (
            "##file format: preprocessed\n<A>\n",
            "line 2: found the file format `bed`, expected `preprocessed`",
        ),
        (
            "###uri\tfile_format\n<A>\tbed\n",
            "line 2: found `bed` as the column `file_format`",
        ),
        (
            "###uri\ttrack_type\n<A>\tblobs\n",
            "line 2: found `blobs` as the column `track_type`",
        ),
        (
            "###uri\ttitle\n<A>\n",
            "line 2: found 1 columns, expected 2 as in line 1",
        ),
        (
            "###uri\ttitle\ntrack/name\tT\n",
            "line 2: found `track/name`, expected the URL of a track",
        ),
        (
            "###title\turi\nT\t.\n",
            "line 2: found ``, expected the URL of a track",
        ),
        (
            "<A>\ntrack/name\n",
            "line 2: found `track/name`, expected the URL of a track",
        ),
        ("<A>\tname\n", "line 1: found 2 columns without names"),
        ("name\t<A>\n", "line 1: found 2 columns without names"),
        ("name,<A>\n", "line 1: found a comma-separated table"),
        ("name,url\nx,<A>\n", "line 1: found a comma-separated table"),
        ("name\turl\tmirror link\nx\t<A>\t<A>\n", ""),
        (
            "name\tone\ttwo\nx\t<A>\t<A>\n",
            "line 1: found URLs in the columns `one`, `two`",
        ),
        (
            "hello\n",
            "line 1: found `hello`, expected a FAIRtracks document (JSON), a GSuite file",
        ),
        ("chr1\t1\t2\n", "line 1: found `chr1\t1\t2`"),
        (
            "<A>\n\u{1b}[2Jx\n",
            "line 2: found the control character U+001B",
        ),
        (
            "#local_id\tlabel\na\tb\n",
            "found a table of hits, which only selects tracks: use the document of hits or the GSuite file as the tracks to import, and this table to select among them",
        ),
        (
            "##a: b\n###uri\tx\tx->y\n<A>\t1\t2\n",
            "line 3: found the columns `x` and `x->y`",
        ),
    ] {
        let text = text.replace("<A>", ADDRESS);
        if expected.is_empty() {
            assert_eq!(read_text(&text)[0]["file_url"], ADDRESS);
        } else {
            let message = refused(&text);
            assert!(
                message.starts_with(&expected.replace("<A>", ADDRESS)),
                "{text:?}: {message}"
            );
        }
    }
    assert!(
        read(b"\xff##genome: hg19\n")
            .unwrap_err()
            .to_string()
            .starts_with("byte 1: ")
    );
}

#[test]
fn lists_and_tables_of_addresses_are_read_with_what_their_titles_say() {
    let list = "\"https://www.encodeproject.org/metadata/?type=Experiment&files.file_type=bed+narrowPeak\"\n\
                https://www.encodeproject.org/files/ENCFF1/@@download/ENCFF1.bed.gz\n\
                https://www.encodeproject.org/files/ENCFF2/@@download/ENCFF2.bigWig\n";
    let document = read(list.as_bytes()).unwrap();
    let ids: Vec<&Json> = tracks(&document)
        .iter()
        .map(|track| &track["local_id"])
        .collect();
    assert_eq!(ids, ["ENCFF1.bed.gz", "ENCFF2.bigWig"]);
    let story = &document.members()["converted_from"];
    assert_eq!(story["format"], "list of URLs");
    assert!(
        story["metadata"]
            .as_str()
            .unwrap()
            .starts_with("https://www.encodeproject.org/metadata/")
    );

    let table = "File accession\tFile format\tFile assembly\tmd5sum\ts3_uri\tFile download URL\n\
                 ENCFF1\tbed narrowPeak\tGRCh38\td41d8cd98f00b204e9800998ecf8427e\ts3://x/y\thttps://x.example/ENCFF1.bed.gz\n";
    let track = &read_text(table)[0];
    let expected = json!({"local_id": "ENCFF1", "File format": "bed narrowPeak", "s3_uri": "s3://x/y",
        "checksum": {"cs_hash": "d41d8cd98f00b204e9800998ecf8427e", "cs_method": "MD5"},
        "file_url": "https://x.example/ENCFF1.bed.gz", "label_short": "ENCFF1.bed.gz", "assembly_name": "GRCh38"});
    assert_eq!(*track, expected);

    for text in [
        "url\nhttps://x.example/100%25.bed\n",
        "#name\turl\nN%41\thttps://x.example/100%25.bed\n",
        "\"name\"\t\"Link\"\r\n\"N%41\"\t\"https://x.example/100%25.bed\"\r\n",
    ] {
        let track = &read_text(text)[0];
        assert_eq!(track["file_url"], "https://x.example/100%25.bed");
        assert!(
            track.get("name").is_none_or(|name| name == "N%41"),
            "{track}"
        );
    }
}

#[test]
fn twenty_thousand_lines_are_read() {
    let mut text = "##genome: hg38\n###uri\ttitle\texperiments->technique->term_label\n".to_owned();
    for number in 0..20_000 {
        text += &format!(
            "https://x.example/{number}.bed\tT\tAssay {}\n",
            number % 1000
        );
    }
    let document = read(text.as_bytes()).unwrap();
    assert_eq!(tracks(&document).len(), 20_000);
    assert_eq!(tracks(&document)[19_999]["local_id"], "T (20000)");
}
