//! PostgreSQL, asked through its own client `psql`.

use std::env;
use std::fmt::Write;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use super::Case;

/// The variable that names the program `psql`; libpq's own variables (`PGHOST`, `PGPORT`, …) name the server.
pub const PROGRAM: &str = "ORACLE_PSQL";

/// The categories of a row, in the order of the columns `object_1`, `object_2`, ….
const CATEGORIES: [&str; 6] = [
    "tracks",
    "experiments",
    "samples",
    "studies",
    "collection_info",
    "doc_info",
];

/// What PostgreSQL says of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// The positions of the tracks found, in order.
    Tracks(Vec<usize>),
    /// The query is refused before any row is looked at: SQLSTATE and message.
    Refused(String, String),
    /// The query breaks off at some row: SQLSTATE and message.
    BreaksOff(String, String),
}

/// A server to ask.
pub struct Postgresql {
    program: PathBuf,
    script: PathBuf,
}

impl Postgresql {
    /// The server that the environment names; `script` is a file for what `psql` is to run.
    pub fn from_environment(script: PathBuf) -> Option<Self> {
        let program = env::var_os(PROGRAM)?.into();
        Some(Postgresql { program, script })
    }

    /// The replies to the cases, in their order.
    pub fn ask(&self, cases: &[Case]) -> Vec<Reply> {
        let lines = self.lines(&script(cases));
        assert_eq!(lines.len(), cases.len(), "another number of replies");
        lines.iter().map(|line| reply(line)).collect()
    }

    /// The lines that a script prints.
    pub fn lines(&self, script: &str) -> Vec<String> {
        fs::write(&self.script, script).unwrap();
        let output = Command::new(&self.program)
            .args(["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-f"])
            .arg(&self.script)
            .output()
            .unwrap_or_else(|error| panic!("{}: {error}", self.program.display()));
        fs::remove_file(&self.script).unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "psql failed: {said}");
        let printed = String::from_utf8(output.stdout).unwrap();
        printed.lines().map(str::to_owned).collect()
    }
}

fn reply(line: &str) -> Reply {
    let mut parts = line.splitn(3, ' ');
    let mut next = || parts.next().unwrap_or_default().to_owned();
    match next().as_str() {
        "tracks" => Reply::Tracks(
            next()
                .split(',')
                .filter_map(|position| position.parse().ok())
                .collect(),
        ),
        "refused" => Reply::Refused(next(), next()),
        "breaks-off" => Reply::BreaksOff(next(), next()),
        _ => panic!("psql gave the line {line:?}"),
    }
}

/// All that `psql` is to run: the objects of each document, their joins as TrackFind makes them, and the queries.
fn script(cases: &[Case]) -> String {
    let mut script = TABLES.to_owned();
    script += "COPY objects FROM STDIN;\n";
    // Cases about the same document come one after the other.
    let mut number_of_document = 0;
    let mut numbers = Vec::new();
    for (number, case) in cases.iter().enumerate() {
        if number == 0 || cases[number - 1].document != case.document {
            number_of_document = number;
            for (category, part) in case.document.as_object().unwrap() {
                let objects = part
                    .as_array()
                    .map_or_else(|| vec![part], |objects| objects.iter().collect());
                for (position, object) in objects.iter().enumerate() {
                    let content = copied(&object.to_string());
                    writeln!(script, "{number}\t{category}\t{position}\t{content}").unwrap();
                }
            }
        }
        numbers.push(number_of_document);
    }
    script += "\\.\nCOPY questions FROM STDIN;\n";
    for (number, (document, case)) in numbers.iter().zip(cases).enumerate() {
        writeln!(script, "{number}\t{document}\t{}", copied(&case.text())).unwrap();
    }
    script += "\\.\n";
    script += COMBINATIONS;
    script += &answering();
    script += "SELECT pg_temp.answer(document, query) FROM questions ORDER BY number;\n";
    script
}

/// A value in the text format of COPY.
fn copied(value: &str) -> String {
    value
        .replace('\\', "\\\\")
        .replace('\n', "\\n")
        .replace('\t', "\\t")
        .replace('\r', "\\r")
}

const TABLES: &str = "
SET client_min_messages = error;
SET client_encoding = 'UTF8';
SET statement_timeout = '600s';
CREATE TEMPORARY TABLE objects (document int, category text, place int, content jsonb);
CREATE TEMPORARY TABLE questions (number int, document int, query text);
";

/// The inner joins by equality of jsonb that TrackFind puts before each query, made once for each document.
const COMBINATIONS: &str = "
CREATE INDEX ON objects (document, category);
ANALYZE objects;
CREATE TEMPORARY TABLE combinations AS
SELECT t.document AS of_document, t.place AS of_place, t.content AS object_1, e.content AS object_2, s.content AS object_3,
       u.content AS object_4, c.content AS object_5, d.content AS object_6
FROM objects t, objects e, objects s, objects u, objects c, objects d
WHERE t.category = 'tracks' AND e.category = 'experiments' AND s.category = 'samples'
  AND u.category = 'studies' AND c.category = 'collection_info' AND d.category = 'doc_info'
  AND e.document = t.document AND s.document = t.document
  AND u.document = t.document AND c.document = t.document AND d.document = t.document
  AND t.content -> 'experiment_ref' = e.content -> 'local_id'
  AND e.content -> 'sample_ref' = s.content -> 'local_id'
  AND e.content -> 'study_ref' = u.content -> 'local_id';
CREATE INDEX ON combinations (of_document);
ANALYZE combinations;
";

/// The function that answers one query: each category is an alias with the one column `content`.
///
/// PREPARE looks at words, names and types and at no row, which tells what is refused from what breaks off. It sees the query
/// with brackets around it and without them, as only an expression can stand in both places.
fn answering() -> String {
    let aliases: String = CATEGORIES
        .iter()
        .enumerate()
        .map(|(place, name)| {
            format!(
                ", LATERAL (SELECT object_{}) AS {name} (content)",
                place + 1
            )
        })
        .collect();
    format!(
        "
CREATE FUNCTION pg_temp.answer(document int, query text) RETURNS text LANGUAGE plpgsql AS $answer$
DECLARE
  rows text := 'FROM combinations{aliases} WHERE of_document = ' || document || ' AND ';
  found text;
BEGIN
  BEGIN
    DEALLOCATE ALL;
    EXECUTE 'PREPARE bare AS SELECT 1 ' || rows || query || E'\\n';
    EXECUTE 'PREPARE bracketed AS SELECT 1 ' || rows || '(' || query || E'\\n)';
  EXCEPTION WHEN OTHERS THEN
    RETURN 'refused ' || SQLSTATE || ' ' || translate(SQLERRM, E'\\n\\r', '  ');
  END;
  EXECUTE 'SELECT coalesce(string_agg(DISTINCT of_place::text, '',''), '''') ' || rows || '(' || query || E'\\n)' INTO found;
  RETURN 'tracks ' || found;
EXCEPTION WHEN OTHERS OR query_canceled THEN
  RETURN 'breaks-off ' || SQLSTATE || ' ' || translate(SQLERRM, E'\\n\\r', '  ');
END
$answer$;
"
    )
}
