//! The URLs of GA4GH Data Connect: of the list of tables, and of the rows of a table.

use serde_json::Value as Json;
use url::Url;

use super::pages::{PageItems, PagingStyle};
use crate::conversion::sheet::category_of_name;

/// The pages of the list of tables.
pub const STYLE_OF_LIST: PagingStyle = PagingStyle::NextUrl {
    next: "/pagination/next_page_url",
    items: PageItems::List("/tables"),
    polls: false,
};

/// Tables that a message names.
const MOST_SHOWN: usize = 10;

/// The first URL to ask: the rows of the table that a URL names, or the list of tables of its server.
pub fn first(url: &Url) -> Url {
    let path = url.path().trim_end_matches('/');
    let segments: Vec<&str> = path.split('/').collect();
    let (last, before) = match segments.as_slice() {
        [.., before, last] => (*last, *before),
        _ => ("", ""),
    };
    let path = match (before, last) {
        (_, "data" | "tables") => path.to_owned(),
        (_, "info") => format!("{}data", path.trim_end_matches("info")),
        ("table", _) => format!("{path}/data"),
        _ => format!("{path}/tables"),
    };
    let mut first = url.clone();
    first.set_path(&path);
    first.set_fragment(None);
    first
}

/// Whether a URL is that of the list of tables.
pub fn is_list(url: &Url) -> bool {
    url.path().ends_with("/tables")
}

/// The name of the table in the URL of its rows.
pub fn table_of(name: &str) -> Option<String> {
    let url = Url::parse(name).ok()?;
    let mut segments = url.path_segments()?;
    segments.find(|segment| *segment == "table")?;
    let name = percent_encoding::percent_decode_str(segments.next()?);
    Some(name.decode_utf8_lossy().into_owned())
}

/// The URLs of the rows of the tables to read: of the only table, or of those that are named after objects of FAIRtracks.
/// `lists` are the pages of the list of tables.
///
/// # Errors
/// There is no table, or no way to choose.
pub fn tables(lists: &[Json], list: &Url) -> Result<Vec<Url>, String> {
    let tables = lists
        .iter()
        .filter_map(|page| page["tables"].as_array())
        .flatten();
    let names: Vec<&str> = tables.filter_map(|table| table["name"].as_str()).collect();
    let is_object = |name: &&&str| category_of_name(&name.replace('.', "_")).is_some();
    let chosen: Vec<&str> = match names.as_slice() {
        [] => return Err("found no table, expected at least one: check the URL".to_owned()),
        [name] => vec![name],
        names => names.iter().filter(is_object).copied().collect(),
    };
    if chosen.is_empty() {
        let shown = names[..names.len().min(MOST_SHOWN)].join(", ");
        return Err(format!(
            "found {} tables, expected one, or tables such as tracks and samples: give the URL of one of them, such as {}: {shown}",
            names.len(),
            rows(list, names[0])
        ));
    }
    Ok(chosen.into_iter().map(|name| rows(list, name)).collect())
}

/// The URL of the rows of a table.
fn rows(list: &Url, table: &str) -> Url {
    let mut url = list.clone();
    url.set_query(None);
    if let Ok(mut segments) = url.path_segments_mut() {
        segments.pop().extend(["table", table, "data"]);
    }
    url
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_url_leads_to_rows_or_to_the_list_of_tables() {
        for (given, asked) in [
            ("/dc/table/a.tracks/data?x=1", "/dc/table/a.tracks/data?x=1"),
            ("/dc/table/a.tracks/info", "/dc/table/a.tracks/data"),
            ("/dc/table/a.tracks", "/dc/table/a.tracks/data"),
            ("/dc/tables", "/dc/tables"),
            ("/dc/", "/dc/tables"),
            ("", "/tables"),
        ] {
            let url = Url::parse(&format!("https://h.example.org{given}")).unwrap();
            let asked = format!("https://h.example.org{asked}");
            assert_eq!(first(&url).as_str(), asked, "{given}");
        }
        assert_eq!(
            table_of("https://h.example.org/dc/table/a%20b/data?page=2").as_deref(),
            Some("a b")
        );
    }

    #[test]
    fn tables_of_objects_are_read_and_others_are_a_choice() {
        let list = Url::parse("https://h.example.org/dc/tables?x=1").unwrap();
        let of = |names: &[&str]| {
            let named: Vec<Json> = names.iter().map(|name| json!({"name": name})).collect();
            let urls = tables(&[json!({"tables": named})], &list)?;
            Ok::<_, String>(urls.into_iter().map(String::from).collect::<Vec<_>>())
        };
        let rows = |name: &str| format!("https://h.example.org/dc/table/{name}/data");
        assert_eq!(of(&["x/y"]), Ok(vec![rows("x%2Fy")]));
        assert_eq!(
            of(&["f.tracks", "other", "f.samples"]),
            Ok(vec![rows("f.tracks"), rows("f.samples")])
        );
        let problem = of(&["a", "b"]).unwrap_err();
        assert!(
            problem.starts_with("found 2 tables, expected one"),
            "{problem}"
        );
        assert!(problem.ends_with(": a, b"), "{problem}");
        assert!(of(&[]).is_err());
    }
}
