//! `fairtracks_import` from GSuite files and lists of addresses: the names that stand in addresses and answers decide.

use crate::support::Outcome;
use crate::support::folder;
use crate::support::importing::{gzip, import_into, written};
use crate::support::scripted_server::replies::{Framing, framed};
use crate::support::scripted_server::{Request, Server};

const BED: &[u8] = b"chr1\t1\t2\nchr2\t3\t4\n";

/// A server of one BED file at every address: packed where the request says so, with the name that `/named` gives.
fn server() -> Server {
    Server::start(|request: &Request| {
        let is_packed = request.target.contains("gz") || request.path() == "/named";
        let body = if is_packed { gzip(BED) } else { BED.to_vec() };
        let name = "attachment; filename=\"a;b.bed.gz\"; filename*=UTF-8''caf%C3%A9.bed.gz";
        let headers = match request.path() {
            "/named" => vec![("Content-Disposition", name.to_owned())],
            _ => Vec::new(),
        };
        framed("200 OK", &body, &headers, Framing::Length).acts()
    })
}

fn came(name: &str, text: &str, server: &Server) -> Outcome {
    let text = text.replace("HOST", &server.address.to_string());
    let site = "allow_private_hosts = [\"127.0.0.1\"]\n";
    import_into(&folder(), site, &[&written(name, text)], &[])
}

#[test]
fn suffixes_and_names_in_queries_and_answers_are_the_format() {
    let server = server();
    let came = came(
        "mixed.gsuite",
        "##genome: hs37d5\n###uri\ttitle\n\
         http://HOST/file;bed\tSuffix\n\
         http://HOST/packed;bed.gz?x=1\tPacked\n\
         http://HOST/get?acc=GSM1&file=GSM1%5Fx%2Ebed%2Egz\tQuery\n\
         http://HOST/named\tNamed\n\
         http://HOST/nameless\tNameless\n",
        &server,
    );
    assert_eq!(came.status, 0, "{}", came.stderr);
    assert_eq!(came.column("status"), ["imported"; 5]);
    for title in ["Suffix", "Packed", "Query", "Named"] {
        let row = came.row(title);
        assert_eq!(
            (&*row["datatype"], &*row["dbkey"]),
            ("bed", "hg19"),
            "{title}"
        );
        assert_eq!(
            came.bytes(&came.element("output_tracks", title)),
            BED,
            "{title}"
        );
        assert!(
            row["reason"].contains("rename the chromosomes"),
            "{}",
            row["reason"]
        );
        assert!(
            !row["reason"].contains("format"),
            "{title}: {}",
            row["reason"]
        );
    }
    let row = came.row("Nameless");
    assert_eq!(&*row["datatype"], "data");
    assert!(
        row["reason"].contains("the format is not known"),
        "{}",
        row["reason"]
    );
    let targets: Vec<String> = server
        .seen()
        .iter()
        .map(|request| request.target.clone())
        .collect();
    assert!(
        targets.contains(&"/file".to_owned()) && targets.contains(&"/packed?x=1".to_owned()),
        "{targets:?}"
    );
    assert_eq!(came.crate_of("Named").track()["alternateName"], "café.bed");
}

#[test]
fn a_list_of_encode_is_a_list_of_tracks_without_its_table() {
    let server = server();
    let list = "\"https://www.encodeproject.org/metadata/?type=Experiment\"\nhttp://HOST/a%20b%2Ebed\nhttp://HOST/ENCFF1.bed\n";
    let came = came("files.txt", list, &server);
    assert_eq!(came.status, 0, "{}", came.stderr);
    assert_eq!(came.names("output_tracks"), ["a_b.bed", "ENCFF1.bed"]);
    assert_eq!(came.column("label"), ["a b.bed", "ENCFF1.bed"]);
    assert!(came.stderr.contains("files.txt: the first URL, https://www.encodeproject.org/metadata/?type=Experiment, is ENCODE's metadata table"), "{}", came.stderr);
}

#[test]
fn a_list_that_could_mean_two_things_is_refused_with_its_name_and_line() {
    let server = server();
    for (name, text, expected) in [
        (
            "eq.gsuite",
            "##genome=hg19\n###uri\ttitle\nhttp://HOST/a.bed\tA\n",
            "eq.gsuite: line 1: found `##genome=hg19`",
        ),
        (
            "two.gsuite",
            "##genome: hg19\n##Genome: hg38\n###uri\ttitle\nhttp://HOST/a.bed\tA\n",
            "two.gsuite: line 2: found the header `genome` again",
        ),
        (
            "names.txt",
            "T cells\thttp://HOST/a.bed\n",
            "names.txt: line 1: found 2 columns without names, expected one URL per line",
        ),
    ] {
        let came = came(name, text, &server);
        assert_eq!(came.status, 1, "{name}: {}", came.stderr);
        assert!(came.stderr.contains(expected), "{}", came.stderr);
        assert!(came.files().is_empty());
    }
    assert!(server.seen().is_empty());
}
