//! Which datatype a downloaded file gets, by its content and by what was declared.

use crate::galaxy::datatype::{BAM, DATA, Datatype, is_packed};
use crate::genome::content::{Claim, Delivery, FileContent, Format, Packing, Verdict, judge};

/// The datatype of a file with this content, after it was `unpacked`, and remarks about it.
///
/// # Errors
/// Why the file is not a track: it is damaged, not what was declared, or with `is_strict` empty.
pub fn recognise(
    declared: Datatype,
    content: &FileContent,
    delivery: &Delivery<'_>,
    unpacked: &[Packing],
    is_strict: bool,
) -> Result<(Datatype, Vec<String>), String> {
    let claim = declared.claim();
    let mut remarks: Vec<String> = layers(unpacked).into_iter().collect();
    let mut datatype = declared;
    match judge(claim, content, delivery) {
        Verdict::AsDeclared => {}
        Verdict::Variant(format) => datatype = Datatype::of_content(format),
        Verdict::Other(format) => {
            datatype = Datatype::of_content(format);
            remarks.push(detected(format, claim, datatype));
        }
        Verdict::Doubtful(remark) => remarks.push(remark),
        Verdict::Empty(reason) if is_strict => return Err(format!("{reason} (--strict)")),
        Verdict::Empty(remark) => remarks.push(remark),
        Verdict::Refused(reason) => return Err(reason),
    }
    if let (FileContent::Text(text), true) = (content, claim != Claim::Anything) {
        remarks.extend(text.remarks());
    }
    Ok((datatype, remarks))
}

/// A remark about unexpected compressions.
fn layers(unpacked: &[Packing]) -> Option<String> {
    match unpacked {
        [] | [Packing::Gzip] => None,
        [Packing::Zlib | Packing::Deflate, ..] => Some(
            "the server sent the file compressed with deflate, against the request; decompressed"
                .to_owned(),
        ),
        _ => Some(format!(
            "nested gzip, decompressed {} times",
            unpacked.len()
        )),
    }
}

/// A remark about a file of another format than the declared one.
fn detected(format: Format, claim: Claim, datatype: Datatype) -> String {
    let declared = match claim {
        Claim::Anything => String::new(),
        Claim::Table => ", although the document declares a table".to_owned(),
        Claim::Format(format) => format!(", although the document declares {}", format.name()),
    };
    let hint = if format.is_package() {
        ": unpack it before use"
    } else {
        ""
    };
    format!(
        "detected {}{declared}; datatype set to `{}`{hint}",
        format.name(),
        datatype.extension
    )
}

/// Whether the name of a file, or any part of its address that may be one, says that it is gzip around a file of the datatype.
pub fn names_a_packed_file(datatype: Datatype, address: &str, file_name: &str) -> bool {
    let inside_is_gzip = datatype == BAM || datatype == DATA;
    let mut names = address.split(['/', '?', '&', '=', '#']).chain([file_name]);
    !inside_is_gzip && names.any(is_packed)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;
    use crate::genome::content::{FileBytes, identify};

    const BED: &[u8] = b"chr1\t1\t2\nchr1\t5\t9\n";

    fn recognised(
        declared: &str,
        bytes: &[u8],
        unpacked: &[Packing],
        is_strict: bool,
    ) -> Result<(&'static str, Vec<String>), String> {
        let content = identify(&mut FileBytes::new(Cursor::new(bytes)).unwrap()).unwrap();
        let declared = Datatype::named(declared);
        let found = recognise(
            declared,
            &content,
            &Delivery::default(),
            unpacked,
            is_strict,
        );
        found.map(|(datatype, remarks)| (datatype.extension, remarks))
    }

    #[test]
    fn a_file_as_declared_has_its_datatype_and_no_remark() {
        assert_eq!(recognised("bed", BED, &[], true), Ok(("bed", Vec::new())));
        let (datatype, remarks) = recognised("bed", BED, &[Packing::Gzip; 2], false).unwrap();
        assert_eq!(datatype, "bed");
        assert!(remarks[0].contains("decompressed 2 times"), "{remarks:?}");
    }

    #[test]
    fn a_file_of_another_format_gets_its_own_datatype() {
        let wig = b"track type=wiggle_0\nfixedStep chrom=chr1 start=1 step=1\n1.0\n2.0\n";
        let (datatype, remarks) = recognised("bigwig", wig, &[], false).unwrap();
        assert_eq!(datatype, "wig");
        assert!(remarks[0].contains("datatype set to `wig`"), "{remarks:?}");
    }

    #[test]
    fn a_page_is_refused_and_an_empty_file_where_that_is_strict() {
        let page = b"<html><body>404 Not Found</body></html>";
        assert!(recognised("bed", page, &[], false).is_err());
        let (_, remarks) = recognised("bed", b"", &[], false).unwrap();
        assert_eq!(remarks.len(), 1);
        let reason = recognised("bed", b"", &[], true).unwrap_err();
        assert!(reason.ends_with("(--strict)"), "{reason}");
    }

    #[test]
    fn any_part_of_an_address_may_name_a_packed_file() {
        let bed = Datatype::named("bed");
        let address = "https://h.example/get?file=a.bed.gz&x=1";
        assert!(names_a_packed_file(bed, address, "a"));
        assert!(names_a_packed_file(bed, "https://h.example/1", "a.bed.gz"));
        assert!(!names_a_packed_file(bed, "https://h.example/1", "a.bed"));
        assert!(!names_a_packed_file(BAM, address, "a"));
    }
}
