//! The name of a file, out of its address.
//!
//! Many servers give files at one address for all, such as `download?file=x%2Ebed%2Egz`: the name is then in the
//! query, or only in the answer.

use percent_encoding::percent_decode_str;

use crate::remote::content_disposition::{in_content_disposition, plain};

use super::datatype::{Datatype, Peaks, is_packed, suffix};

/// The name of the file at an address, percent-decoded: the last part of the path, or the file name in the query where
/// the path names no file of a known format. Empty where neither names one.
pub fn file_name(address: &str) -> String {
    let address = address.split('#').next().unwrap_or_default();
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let Some((scheme, location)) = path.split_once("://") else {
        return String::new();
    };
    let in_path = location
        .rsplit_once('/')
        .and_then(|(_, name)| plain(name))
        .unwrap_or_default();
    let asks = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    if !asks || names_a_format(&in_path) || is_packed(&in_path) {
        return in_path;
    }
    in_query(query).unwrap_or(in_path)
}

/// The name of a file in a query: the first value that ends as files of a known format do, else one that says by its
/// key or by its end that it is a file.
fn in_query(query: &str) -> Option<String> {
    let mut others = Vec::new();
    for pair in query.split(['&', ';']) {
        let Some((key, value)) = pair.split_once('=') else {
            continue;
        };
        let value = value.replace('+', " ");
        let decoded = percent_decode_str(&value).decode_utf8_lossy();
        // Stores of objects are asked for the header that they shall send.
        let Some(name) = in_content_disposition(&decoded)
            .or_else(|| plain(decoded.rsplit(['/', '\\']).next().unwrap_or_default()))
        else {
            continue;
        };
        if names_a_format(&name) {
            return Some(name);
        }
        others.push((key.to_ascii_lowercase(), name));
    }
    others.into_iter().find_map(|(key, name)| {
        let is_file = is_packed(&name)
            || (key.contains("file") || key == "name" || key == "path")
                && !suffix(&name).is_empty();
        is_file.then_some(name)
    })
}

/// Whether a name ends as files of a known format do.
pub fn names_a_format(name: &str) -> bool {
    Datatype::of_file_name(name, Peaks::Bed).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_in_the_path_or_in_the_query() {
        #[rustfmt::skip]
        let cases = [
            ("https://x.example/a/b.bed.gz", "b.bed.gz"),
            ("https://x.example/a%20b%2Ebed?download=1", "a b.bed"),
            ("https://x.example/a%2Fb.bed", "a%2Fb.bed"),
            ("https://x.example/%FF.bed", "%FF.bed"),
            ("https://x.example/b.bed?file=c.bigWig", "b.bed"),
            ("https://x.example/get?search=file2.bed.gz", "file2.bed.gz"),
            ("https://x.example/get?acc=GSM1&file=GSM1%5Fx%2Ebed%2Egz", "GSM1_x.bed.gz"),
            ("https://x.example/get.php?v=1.2;path=/data/set/x+y.bw", "x y.bw"),
            ("https://x.example/get?v=1.2&filename=table.h5", "table.h5"),
            ("https://x.example/get?v=1.2", "get"),
            ("https://x.example/0a1b?response-content-disposition=attachment%3B%20filename%3D%22x%3By.bed%22", "x;y.bed"),
            ("ftp://x.example/get?file=x.bed", "get"),
            ("https://x.example/geo/download/?acc=GSM1", ""),
            ("https://x.example", ""),
            ("x.bed", ""),
        ];
        for (address, name) in cases {
            assert_eq!(file_name(address), name, "{address}");
        }
    }
}
